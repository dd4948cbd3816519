import { expect, it } from 'vitest'
import { paced, type Steps } from '../src/pace.ts'

/** Steps of ten trials, each of which takes longer than the time between two turns. */
function* slow(steps: number): Steps<string> {
  for (let k = 0; k < steps; k++) {
    const end = performance.now() + 40
    while (performance.now() < end);
    yield 10
  }
  return 'done'
}

it('long work gives the event loop a turn after each long step', async () => {
  let turns = 0
  const timer = setInterval(() => (turns += 1), 1)
  expect(await paced({}, (pace) => pace.through(slow(5)))).toBe('done')
  clearInterval(timer)
  expect(turns).toBeGreaterThanOrEqual(4)
})

it('long work reports its progress from the start, never more than is done, and its end', async () => {
  const seen: (readonly number[])[] = []
  await paced({ onProgress: (done, total) => seen.push([done, total]) }, async (pace) => {
    pace.expect(30)
    await pace.through(slow(3))
  })
  expect(seen[0]).toEqual([0, 30])
  expect(seen.slice(1, -1).every(([done]) => done > 0 && done < 30)).toBe(true)
  expect(seen[seen.length - 1]).toEqual([30, 30])
})

it('long work stops after the step in which its signal aborts', async () => {
  const stop = new AbortController()
  let steps = 0
  const work = function* (): Steps<void> {
    for (const trials of slow(9)) {
      steps += 1
      yield trials
    }
  }
  setTimeout(() => stop.abort(), 50)
  await expect(paced({ signal: stop.signal }, (pace) => pace.through(work()))).rejects.toMatchObject({ name: 'AbortError' })
  expect(steps).toBeLessThan(9)
})

it('work that ends without a turn is stopped by an abort too', async () => {
  const stop = new AbortController()
  const work = paced({ signal: stop.signal }, () => Promise.resolve(stop.abort()))
  await expect(work).rejects.toMatchObject({ name: 'AbortError' })
})
