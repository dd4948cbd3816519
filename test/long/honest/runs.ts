// Runs of a case by one method. They stay in .cache/honest, in files of a few seeds for each build of the package, so that an interrupted
// test continues and its judgments can be made again.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Method } from '../../../src/numerics/random/plan.ts'
import { writtenPlan } from './plans.ts'
import type { Pool, Ran } from './pool.ts'
import type { Case } from './random-plans.ts'
import { fingerprint } from './truths.ts'

const FOLDER = '.cache/honest'
/** Seeds of a file. */
const TOGETHER = 8

export async function runsOf(one: Case, method: Method, seeds: number, pool: Pool): Promise<readonly Ran[]> {
  const runs: Ran[] = []
  for (let first = 0; first < seeds; first += TOGETHER) runs.push(...(await someRuns(one, method, first, pool)))
  return runs.slice(0, seeds)
}

async function someRuns({ number, plan, trials }: Case, method: Method, first: number, pool: Pool): Promise<readonly Ran[]> {
  const build = readFileSync('dist/.fingerprint', 'utf8').slice(0, 12)
  const file = `${FOLDER}/${build}-${fingerprint(plan)}-${number}-${trials}-${method}-${first}.json`
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Ran[]
  const options = { trials, method, measure: plan.measure }
  const runs = await Promise.all(
    Array.from({ length: TOGETHER }, (_, k) =>
      pool.run({ plan: writtenPlan(plan), options: { ...options, seed: seedOf(first + k) } }),
    ),
  )
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(file, JSON.stringify(runs))
  return runs
}

const seedOf = (k: number): string => `honest ${k}`
