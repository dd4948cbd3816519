// Threads that die, in any way and at any moment: the run ends with the same bits, or says what could not be done.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { runScenario } from '../../src/api/run.ts'
import { openPool } from '../../src/platform/node/threads/pool.ts'
import { RunningThreads } from './running.ts'

const scenario = {
  conversations: { base: '45k to 60k', noise: { cv: '8%', autocorrelation: 0.5 } },
  resolution: { rate: '60% to 70%', improvement: '1pt/month' },
  human: { cost: '$6.00' },
  offers: {
    fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] },
    zendesk: { charges: [{ meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' }] },
    quoted: { charges: [{ meter: 'conversations', price: 'uniform($1, $3.50)' }] },
  },
}
const OPTIONS = { trials: 60_000, threads: 2 }
const reader = { read: () => Promise.reject(new Error('no file')) }
const folder = mkdtempSync(join(tmpdir(), 'billcast-deaths-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Pool = Awaited<ReturnType<typeof openPool>>
const summaryOn = async (pool: Pool): Promise<string> => {
  const { summary } = await runScenario(scenario, OPTIONS, { executor: () => pool.executor(), reader })
  return JSON.stringify(summary)
}

let known: Promise<string> | undefined
const sound = (): Promise<string> => {
  known ??= openPool(2).then(async (pool) => {
    const summary = await summaryOn(pool)
    await pool.close()
    return summary
  })
  return known
}

/** Kills a random thread at a random moment in each of a number of runs. */
export function killed(runs: number): void {
  it(`${runs} runs give the same bits although a random thread is killed in each`, async () => {
    const expected = await sound()
    const threads = new RunningThreads()
    const pool = await openPool(2)
    let kills = 0
    try {
      for (let k = 0; k < runs; k++) {
        let over = false
        const killing = (async () => {
          await new Promise((resolve) => setTimeout(resolve, 5 + ((k * 7_919) % 150)))
          if (over) return
          if (await threads.end(k)) kills += 1
        })()
        expect(await summaryOn(pool)).toBe(expected)
        over = true
        await killing
      }
    } finally {
      threads.stop()
      await pool.close()
    }
    expect(kills).toBeGreaterThan(runs / 2)
  }, 600_000)
}

const faulty = async (fault: string, heap?: number) => {
  vi.stubEnv('BILLCAST_FAULT', fault)
  try {
    const pool = await openPool(2, new URL('./worker.mjs', import.meta.url), heap)
    try {
      return await summaryOn(pool)
    } finally {
      await pool.close()
    }
  } finally {
    vi.unstubAllEnvs()
  }
}

/** A fault that happens once, and one that happens every time. */
export function faults(): void {
  it.each([
    ['throw', undefined],
    ['exit', undefined],
    ['memory', 32],
  ] as const)(
    'a task that once ends by %s is repeated with the same bits',
    async (kind, heap) => {
      const mark = join(folder, kind)
      expect(await faulty(`${kind} ${mark}`, heap)).toBe(await sound())
      expect(existsSync(mark)).toBe(true)
      expect(readFileSync(mark, 'utf8')).toBe('')
    },
    60_000,
  )

  it.each([
    ['throw', 'a fault of the machine'],
    ['exit', 'worker exited with code: 3'],
  ] as const)(
    'a task that always ends by %s ends the run with its blocks and the cause',
    async (kind, cause) => {
      await expect(faulty(kind)).rejects.toThrow(new RegExp(`^blocks \\d+ to \\d+ of replicate \\d+.* failed 3 times: .*${cause}`))
    },
    60_000,
  )
}

/** Stops threads while they load what they run. */
export function stopped(pools: number): void {
  // In a process of its own, which is what would end.
  it(`threads of ${pools} pools that stop while they start do not end the process`, () => {
    const pool = new URL('../../dist/platform/node/threads/pool.js', import.meta.url)
    const program = `import { openPool } from '${pool}'
for (let k = 0; k < ${pools}; k++) {
  const pool = await openPool(4)
  await new Promise((resolve) => setTimeout(resolve, k % 3))
  await pool.close()
}
console.log('alive')`
    expect(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' })).toBe('alive\n')
  }, 600_000)
}
