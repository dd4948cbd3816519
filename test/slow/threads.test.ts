// The threads of a process: how many runs start, and when they end. Each end while V8 compiles for a thread may abort Node 20.
import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

const PROGRAM = `
import { simulate } from './dist/api/index.js'
let [started, latest] = [0, 0]
const ends = []
process.on('worker', (worker) => {
  started += 1
  let last = performance.now()
  worker.on('message', () => { last = latest = performance.now() })
  worker.on('exit', () => ends.push(performance.now() - last))
})
const plan = { conversations: { base: '45k to 60k' }, offers: { a: { charges: [{ meter: 'conversations', price: 1 }] } } }
const run = (trials, signal) => simulate(plan, { trials, threads: 2, signal, keepTrials: false })
`

const printed = (program: string): unknown =>
  JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', PROGRAM + program], { encoding: 'utf8' }))

it('runs and stopped runs of one process share two threads', () => {
  const found = printed(`
    for (let k = 0; k < 8; k++) {
      await run(50_000)
      const stop = new AbortController()
      setTimeout(() => stop.abort(), 20 * k)
      await run(100_000_000, stop.signal).catch((error) => error)
    }
    console.log(JSON.stringify({ started, ended: ends.length }))`)
  expect(found).toEqual({ started: 2, ended: 0 })
})

it('threads end when they have not worked for 200 ms, not while they rest, and runs of another width start their own', () => {
  const found = printed(`
    const wide = () => simulate(plan, { trials: 50_000, threads: 7, keepTrials: false })
    await run(50_000)
    await wide()
    await new Promise((resolve) => setTimeout(resolve, 500))
    console.log(JSON.stringify({ started, ended: ends.length, gentle: ends.every((rest) => rest > 195) }))`)
  expect(found).toEqual({ started: 9, ended: 2, gentle: true })
})

it.each(['', 'process.exit()'])('a process that exits waits until V8 has finished, and no longer: %s', (exit) => {
  const found = printed(`
    await run(50_000)
    process.on('exit', () => console.log(JSON.stringify({ waited: performance.now() - latest })))
    ${exit}`) as { readonly waited: number }
  expect(found.waited).toBeGreaterThan(45)
  expect(found.waited).toBeLessThan(2_000)
})
