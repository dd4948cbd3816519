// A function of the user that throws ends a run or a batch with its error, also where a timer calls it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simulate } from 'billcast'
import { afterAll, describe, expect, it } from 'vitest'
import { runBatch } from '../../src/platform/node/batch.ts'
import { plansIn } from '../../src/platform/node/plans.ts'
import type { BatchEvent } from '../../src/platform/node/scenario-run.ts'
import { openPool } from '../../src/platform/node/threads/pool.ts'
import { cpuSeconds } from '../cpu.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-callbacks-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const error = new Error('from the callback')
const plan = {
  conversations: { base: '45k to 60k', noise: { cv: '8%' } },
  resolution: { rate: '60% to 70%' },
  offers: { fin: { charges: [{ meter: 'resolutions', price: 1 }] }, flat: { charges: [{ fee: 40_000 }] } },
}

describe.each([1, 2])('with %i threads', (threads) => {
  it.each([
    ['a small run', 1_024],
    ['a run of many seconds, whose progress a timer reports', 67_108_864],
  ])('%s rejects with the error of its callback', async (_, trials) => {
    const before = cpuSeconds()
    const onProgress = () => {
      throw error
    }
    const options = { trials, threads, onProgress, keepTrials: false, preintegration: false, monthly: false, memory: 4e9 } as const
    await expect(simulate(plan, options)).rejects.toBe(error)
    const rejects = () => Promise.reject(error) as never
    await expect(simulate(plan, { ...options, onProgress: rejects })).rejects.toBe(error)
    expect(cpuSeconds() - before).toBeLessThan(10)
  })

  it.each(['start', 'progress', 'done'])('a batch rejects with the error of its listener at "%s", and stops', async (event) => {
    const folder = mkdtempSync(join(root, 'plans-'))
    const trials = event === 'progress' ? 8_388_608 : 1_024
    for (const name of ['a', 'b', 'c', 'd'])
      writeFileSync(join(folder, `${name}.json`), JSON.stringify({ ...plan, run: { trials, keepTrials: false } }))
    const pool = await openPool(threads)
    const seen: BatchEvent['event'][] = []
    try {
      const running = runBatch(
        await plansIn([join(folder, '*.json')]),
        pool,
        {
          ...{
            out: join(folder, 'out'),
            jobs: threads,
            resume: false,
            force: false,
            every: 5_000,
            allowed: [],
            run: {},
            failFast: false,
          },
          wanted: { formats: [], inputs: false, paths: false, page: false },
          signal: new AbortController().signal,
        },
        (one) => {
          seen.push(one.event)
          if (one.event === event) throw error
        },
      )
      await expect(running).rejects.toBe(error)
      expect(seen.filter((one) => one === event)).toHaveLength(1)
      expect(seen.filter((one) => one === 'start').length).toBeLessThan(4)
    } finally {
      await pool.close()
    }
  })
})
