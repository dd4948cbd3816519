// `simulate` in this process: the same bits as on threads (test/package/reproducible.test.ts), without starting any.
import type { SimulateOptions } from '../src/options/simulate.ts'
import { inlineExecutor } from '../src/run/executor.ts'
import { arrowTable } from '../src/present/tables/arrow.ts'
import { nodeHome as home } from '../src/platform/node/home.ts'
import { SimulationResult } from '../src/api/result.ts'
import { givenFiles } from '../src/api/given.ts'
import { runScenario } from '../src/api/run.ts'

interface Files {
  /** The files that the scenario names. */
  readonly files?: Readonly<Record<string, string>>
}

export async function simulate(
  scenario: string | object,
  { files = {}, ...options }: SimulateOptions & Files,
): Promise<SimulationResult> {
  const finished = await runScenario(scenario, options, { executor: () => inlineExecutor, reader: givenFiles(files) })
  return SimulationResult.of(finished, { table: arrowTable, home, seconds: 0 })
}
