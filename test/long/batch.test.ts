// A batch whose threads are killed every second writes the same files, and leaves nothing running.
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { runBatch } from '../../src/platform/node/batch.ts'
import { plansIn } from '../../src/platform/node/plans.ts'
import { openPool } from '../../src/platform/node/threads/pool.ts'
import { RunningThreads } from '../slow/running.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-batch-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const COUNT = 40
for (let k = 0; k < COUNT; k++)
  writeFileSync(
    join(root, `unit-${k}.yaml`),
    `conversations: { base: ${30 + k}k to ${50 + k}k, noise: { cv: 8%, autocorrelation: 0.5 } }
resolution: { rate: 60% to 70%, improvement: 1pt/month }
offers:
  fin: { charges: [{ meter: resolutions, price: $0.99 }] }
  committed: { charges: [{ meter: resolutions, commitment: 30k/month, price: $1.50, overage: $2.00 }] }
run: { trials: 50k }
`,
  )

async function hashes(out: string, jobs: number): Promise<string[]> {
  const pool = await openPool(2)
  try {
    const entries = await runBatch(
      await plansIn([join(root, '*.yaml')]),
      pool,
      {
        ...{ out, jobs, resume: false, force: false, every: 5_000, allowed: [], run: {}, failFast: false },
        wanted: { formats: ['arrow'], inputs: false, paths: false, page: false },
        signal: new AbortController().signal,
      },
      () => undefined,
    )
    expect(entries.filter(({ status }) => status !== 'done')).toEqual([])
    return entries.map(({ scenario }) =>
      ['summary.json', 'trials.arrow', 'months.arrow']
        .map((name) =>
          createHash('sha256')
            .update(readFileSync(join(out, scenario, name)))
            .digest('hex'),
        )
        .join(),
    )
  } finally {
    await pool.close()
  }
}

it.each([1, 2])(
  '%i scenarios at once give the same bits although a thread is killed every second, and leave nothing behind',
  async (jobs) => {
    const expected = await hashes(join(root, `sound-${jobs}`), jobs)
    const threads = new RunningThreads()
    let kills = 0
    const killing = setInterval(() => {
      void threads.end(kills + 1).then((ended) => {
        if (ended) kills += 1
      })
    }, 1_000)
    try {
      expect(await hashes(join(root, `killed-${jobs}`), jobs)).toEqual(expected)
    } finally {
      clearInterval(killing)
      threads.stop()
    }
    expect(kills).toBeGreaterThan(5)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Worker' || kind === 'MessagePort')).toEqual([])
  },
  300_000,
)
