// Simulates a fleet as events in time. Workers take tasks, finish, stall and die. One Redis, one coordinator and its merging threads each do one
// thing at a time. Times are in seconds. Times of tasks and merges are drawn from measurements.

/** Events, ordered by time. */
class Agenda {
  #heap = []
  #count = 0

  get size() {
    return this.#heap.length
  }

  add(time, run) {
    const heap = this.#heap
    const event = { time, order: this.#count++, run }
    let k = heap.push(event) - 1
    for (; k > 0; ) {
      const parent = (k - 1) >> 1
      if (!before(event, heap[parent])) break
      heap[k] = heap[parent]
      k = parent
    }
    heap[k] = event
  }

  next() {
    const heap = this.#heap
    const [first] = heap
    const last = heap.pop()
    if (heap.length === 0) return first
    let k = 0
    for (;;) {
      let child = 2 * k + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child += 1
      if (!before(heap[child], last)) break
      heap[k] = heap[child]
      k = child
    }
    heap[k] = last
    return first
  }
}

const before = (a, b) => a.time < b.time || (a.time === b.time && a.order < b.order)

/** Numbers in (0, 1), the same every time (mulberry32, public domain). */
function randomOf(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296
  }
}

/** Servers with one waiting line. `done` is called when a request is finished. */
class Servers {
  busy = 0
  #free
  #line = []
  #agenda

  constructor(agenda, count) {
    this.#agenda = agenda
    this.#free = count
  }

  ask(now, seconds, done) {
    if (this.#free === 0) return void this.#line.push({ seconds, done })
    this.#free -= 1
    this.busy += seconds
    this.#agenda.add(now + seconds, (time) => {
      this.#free += 1
      const waiting = this.#line.shift()
      if (waiting) this.ask(time, waiting.seconds, waiting.done)
      done(time)
    })
  }
}

/**
 * @param tasks number of tasks; each is one scenario
 * @param task and merge: measured seconds of each, drawn with replacement
 * @param write and read: seconds that Redis takes to write and to read a result, included in task and merge; prepare: seconds that the
 * coordinator takes before it sends a task
 * @param start seconds until the coordinator sends the first task; restart: seconds until a dead worker is replaced
 * @param hours mean hours until a worker dies; stall: probability that a worker is silent until its task is taken away
 * @param lost seconds until the task of a silent worker returns to the queue
 */
export function fleet({
  workers,
  tasks,
  task,
  merge,
  mergers,
  write,
  read,
  prepare,
  inFlight,
  start,
  restart,
  hours,
  stall,
  lost,
  seed = 1,
}) {
  const random = randomOf(seed)
  const draw = (values) => values[Math.floor(random() * values.length)]
  const agenda = new Agenda()
  const server = new Servers(agenda, 1)
  const coordinator = new Servers(agenda, 1)
  const merging = new Servers(agenda, mergers)
  const waiting = []
  const idle = Array.from({ length: workers }, (_, k) => k)
  const counts = { done: 0, again: 0, deaths: 0, stalls: 0 }
  let sent = 0
  let held = 0
  let worked = 0
  let end = 0

  function send(now) {
    while (sent < tasks && held < inFlight) {
      sent += 1
      held += 1
      const own = { finished: false }
      coordinator.ask(now, prepare, (time) => {
        waiting.push(own)
        give(time)
      })
    }
  }

  function give(now) {
    while (waiting.length > 0 && idle.length > 0) work(now, idle.pop(), waiting.shift())
  }

  function work(now, worker, own) {
    const seconds = Math.max(0, draw(task) - write)
    const dies = hours === Infinity ? Infinity : -Math.log(random()) * hours * 3600
    const backIn = (time, after) => agenda.add(time + after, (later) => void (idle.push(worker), give(later)))
    const takenAway = (time) =>
      agenda.add(time + lost, (later) => {
        counts.again += 1
        waiting.push(own)
        give(later)
      })
    if (dies < seconds) {
      counts.deaths += 1
      takenAway(now + dies)
      return backIn(now + dies, restart)
    }
    const silent = random() < stall
    if (silent) {
      counts.stalls += 1
      takenAway(now + seconds)
    }
    agenda.add(now + seconds, (time) => {
      worked += seconds
      // A silent worker continues after its task was taken away, and returns the same result again.
      if (silent) return backIn(time, lost)
      server.ask(time, write, (later) => {
        idle.push(worker)
        give(later)
        finish(later, own)
      })
    })
  }

  function finish(now, own) {
    if (own.finished) return
    own.finished = true
    server.ask(now, read, (given) =>
      merging.ask(given, Math.max(0, draw(merge) - read), (time) => {
        counts.done += 1
        held -= 1
        end = time
        send(time)
      }),
    )
  }

  agenda.add(start, send)
  for (; agenda.size > 0 && counts.done < tasks; ) {
    const { time, run } = agenda.next()
    run(time)
  }
  if (counts.done < tasks) throw new Error('the fleet has stopped before all was done')
  const span = end - start
  return {
    ...counts,
    seconds: end,
    'tasks/s': tasks / span,
    'workers busy': worked / (workers * span),
    'Redis busy': server.busy / span,
    'merging busy': merging.busy / (mergers * span),
    'coordinator busy': coordinator.busy / span,
  }
}
