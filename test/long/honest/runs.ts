// Runs of a case by one method. They stay in .cache/honest, in files of a few seeds for each build of the package, so that an interrupted
// test continues and its judgments can be made again.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { METHODS, type Method } from '../../../src/numerics/random/plan.ts'
import { writtenPlan } from './written.ts'
import type { Pool, Ran } from './pool.ts'
import type { Case } from './cases.ts'
import { fingerprint } from './truths.ts'

const FOLDER = '.cache/honest'
/** Seeds of a file. */
const TOGETHER = 8

export async function runsOf(one: Case, method: Method, seeds: number, pool: Pool): Promise<readonly Ran[]> {
  const runs: Ran[] = []
  for (let first = 0; first < seeds; first += TOGETHER) runs.push(...(await someRuns(one, method, first, pool)))
  return runs.slice(0, seeds)
}

/** How many seeds of a case have run by all methods: all, those of one file, or none. */
export function finishedSeeds(one: Case): number {
  const has = (seeds: number) =>
    METHODS.every((method) => {
      for (let first = 0; first < seeds; first += TOGETHER) if (!existsSync(fileOf(one, method, first))) return false
      return true
    })
  return has(one.seeds) ? one.seeds : has(TOGETHER) ? TOGETHER : 0
}

function fileOf({ number, plan, trials }: Case, method: Method, first: number): string {
  const build = readFileSync('dist/.fingerprint', 'utf8').slice(0, 12)
  return `${FOLDER}/${build}-${fingerprint(plan)}-${number}-${trials}-${method}-${first}.json`
}

async function someRuns(one: Case, method: Method, first: number, pool: Pool): Promise<readonly Ran[]> {
  const { plan, trials } = one
  const file = fileOf(one, method, first)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Ran[]
  const options = { trials, method, measure: plan.measure }
  const runs = await Promise.all(
    Array.from({ length: TOGETHER }, (_, k) =>
      pool.run({ plan: writtenPlan(plan), options: { ...options, seed: seedOf(one, first + k) } }),
    ),
  )
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(file, JSON.stringify(runs))
  return runs
}

/** Plans that shared seeds would share points, and their luck. */
const seedOf = ({ number }: Case, k: number): string => `honest ${number} ${k}`
