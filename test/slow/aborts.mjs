// Runs of random plans and questions, most of them stopped while their threads start or work, in a process of its own with few open files.
// It prints what the process holds after the first ones and at the end.
// Usage: node --expose-gc aborts.mjs SEED BURST RUNS MINUTES. It ends after at least RUNS runs and at least MINUTES minutes.
import { readdirSync } from 'node:fs'
import { sensitivity, simulate } from '../../dist/api/index.js'

const [seed, burst, runs, minutes] = process.argv.slice(2).map(Number)
let state = seed
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return state / 2 ** 32
}
const below = (limit) => Math.floor(limit * random())
const CHARGES = [
  () => ({ meter: 'conversations', price: `$${(0.5 + random()).toFixed(2)}` }),
  () => ({ meter: 'resolutions', price: `uniform($0.50, $${(1 + random()).toFixed(2)})` }),
  () => ({ fee: `$${1 + below(40)}k/month` }),
  () => ({ meter: 'resolutions', commitment: `${1 + below(30)}k/month`, price: '$0.90', overage: '$1.40' }),
]
const segment = () => ({
  conversations: { base: `${5 + below(20)}k to ${25 + below(20)}k`, noise: { cv: `${1 + below(12)}%` } },
  resolution: { rate: [{ until: '2027-02', value: `${30 + below(40)}%` }, { value: '60% to 70%' }] },
})
/** One plan in three has segments, with a rate in stages. */
const plan = () => {
  const whole = planOfOne()
  if (random() < 2 / 3) return whole
  const segments = Object.fromEntries(Array.from({ length: 1 + below(3) }, (_, s) => [`s${s}`, segment()]))
  return { months: whole.months, offers: whole.offers, segments }
}
const planOfOne = () => ({
  months: 1 + below(12),
  conversations: { base: `${20 + below(20)}k to ${40 + below(20)}k`, noise: { cv: `${1 + below(12)}%` } },
  resolution: { rate: '60% to 70%' },
  offers: Object.fromEntries(Array.from({ length: 1 + below(4) }, (_, k) => [`offer-${k}`, { charges: [CHARGES[below(4)]()] }])),
})
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const opened = () => readdirSync('/proc/self/fd').length
const held = () => {
  globalThis.gc()
  const { rss, external } = process.memoryUsage()
  return { files: opened(), threads: readdirSync('/proc/self/task').length, memory: external, rss }
}
const failures = []
const outcomes = { done: 0, stopped: 0 }

async function one(milliseconds) {
  const stop = new AbortController()
  const { signal } = stop
  const timer = milliseconds === undefined ? undefined : setTimeout(() => stop.abort(), milliseconds)
  const own = plan()
  const options = { trials: 2 ** (12 + below(6)), signal }
  try {
    if (random() < 0.4) await sensitivity(own, { ...options, offer: 'offer-0', trials: 32_768 })
    else await simulate(own, { ...options, threads: 2 })
    outcomes.done += 1
  } catch (error) {
    if (error.name === 'AbortError') outcomes.stopped += 1
    // Nothing is uncertain in some plans.
    else if (!error.message.startsWith('nothing varies')) failures.push(error.message)
  } finally {
    clearTimeout(timer)
  }
}

/** Threads at rest end after 10 s, and idle memory goes after 2 s. */
const REST = 13_000
async function settled(limit) {
  const begun = performance.now()
  for (;;) {
    await pause(500)
    const now = held()
    const waited = performance.now() - begun
    if (limit ? now.files <= limit.files && now.threads <= limit.threads && now.memory <= limit.memory : waited > REST) return now
    if (waited > 5 * REST) return now
  }
}

await Promise.all([one(), one()])
const first = await settled()
const begun = performance.now()
let [done, most] = [0, 0]
/** MiB that the process holds after each burst. */
const course = []
while (done < runs || performance.now() - begun < 60_000 * minutes) {
  const many = Array.from({ length: burst }, () => one(random() < 0.9 ? 120 * random() : undefined))
  await pause(60)
  most = Math.max(most, opened())
  await Promise.all(many)
  done += burst
  course.push(Math.round(held().rss / 2 ** 20))
}
const last = await settled({ ...first, memory: first.memory + 2 ** 23 })
console.log(JSON.stringify({ first, last, most, course, failures: [...new Set(failures)], ...outcomes }))
