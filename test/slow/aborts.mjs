// Runs and questions, most of them stopped while their threads start or work, in a process of its own with few open files. It prints what
// the process holds after the first one and at the end.
// node --expose-gc aborts.mjs RUNS SEED
import { readdirSync, readlinkSync } from 'node:fs'
import { sensitivity, simulate } from '../../dist/api/index.js'

const [runs, seed] = process.argv.slice(2).map(Number)
/** At once. */
const BURST = 32
const plan = {
  months: 3,
  conversations: { base: '40k to 50k', noise: { cv: '8%' } },
  offers: {
    flat: { charges: [{ meter: 'conversations', price: '$0.80' }] },
    fees: { charges: [{ fee: '$30k/month' }] },
  },
}
let state = seed
const random = () => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
  return state / 2 ** 32
}
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const held = () => {
  globalThis.gc()
  const { rss, external, arrayBuffers } = process.memoryUsage()
  return {
    files: readdirSync('/proc/self/fd').length,
    threads: readdirSync('/proc/self/task').length,
    memory: external + arrayBuffers,
    rss,
  }
}
/** What the open files are, by kind. */
const open = () =>
  readdirSync('/proc/self/fd')
    .flatMap((name) => {
      try {
        return readlinkSync(`/proc/self/fd/${name}`).replace(/\d+/g, '')
      } catch {
        return []
      }
    })
    .sort()
    .join(' ')
const failures = []
const outcomes = { done: 0, stopped: 0 }

async function one(milliseconds) {
  const stop = new AbortController()
  const { signal } = stop
  const timer = milliseconds === undefined ? undefined : setTimeout(() => stop.abort(), milliseconds)
  const trials = 2 ** (12 + Math.floor(6 * random()))
  const asking = random() < 0.4
  try {
    if (asking) await sensitivity(plan, { offer: 'flat', trials: 65_536, signal })
    else await simulate(plan, { trials, threads: 2, signal })
    outcomes.done += 1
  } catch (error) {
    if (error.name === 'AbortError') outcomes.stopped += 1
    else failures.push(error.message)
  } finally {
    clearTimeout(timer)
  }
}

/** Waits until threads at rest have ended and the process holds no more than it should. */
async function settled(limit) {
  let now = held()
  for (const end = performance.now() + 60_000; performance.now() < end; now = held()) {
    if (limit && now.files <= limit.files && now.threads <= limit.threads && now.memory <= limit.memory) break
    if (!limit && performance.now() > end - 60_000 + 13_000) break
    await pause(500)
  }
  return now
}

await Promise.all([one(), one()])
const first = await settled()
let most = 0
for (let done = 0; done < runs; done += BURST) {
  const many = Array.from({ length: Math.min(BURST, runs - done) }, () => one(random() < 0.9 ? 120 * random() : undefined))
  await pause(60)
  most = Math.max(most, readdirSync('/proc/self/fd').length)
  await Promise.all(many)
  if (process.env.BILLCAST_SHOW) console.error(done, JSON.stringify(held()), open())
}
console.log(
  JSON.stringify({ first, last: await settled({ ...first, memory: first.memory + 2 ** 20 }), most, failures, ...outcomes }),
)
