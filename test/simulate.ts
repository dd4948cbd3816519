// `simulate` in this process: the same bits as on threads (test/package/reproducible.test.ts), without starting any.
import type { SimulateOptions } from '../src/options/simulate.ts'
import { inlineExecutor } from '../src/run/executor.ts'
import { arrowTable } from '../src/present/tables/arrow.ts'
import { nodeHome as home } from '../src/platform/node/home.ts'
import { SimulationResult } from '../src/api/result.ts'
import { runScenario } from '../src/api/run.ts'

const reader = { read: () => Promise.reject(new Error('these scenarios read no files')) }

export async function simulate(scenario: string | object, options: SimulateOptions): Promise<SimulationResult> {
  const finished = await runScenario(scenario, options, { executor: () => inlineExecutor, reader })
  return SimulationResult.of(finished, { table: arrowTable, home, seconds: 0 })
}
