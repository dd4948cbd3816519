// For commands that run a scenario once and then ask the result.
import { dirname } from 'node:path'
import { SimulationResult } from '../api/result.ts'
import type { FlagsOf } from '../options/option.ts'
import { sampling } from '../options/simulate.ts'
import { chosen } from './command.ts'
import { loadScenario } from './load.ts'
import type { asking } from './options.ts'
import { note } from './print.ts'
import { watching } from './watched.ts'

export async function runOnce(file: string, flags: FlagsOf<typeof asking>): Promise<SimulationResult> {
  const options = { ...chosen(flags, sampling), ...watching(flags) }
  const text = await loadScenario(file)
  const [{ runScenario }, { commandExecutor }, { folderReader }] = await Promise.all([
    import('../api/run.ts'),
    import('../platform/node/threads/executor.ts'),
    import('../platform/node/reader.ts'),
  ])
  const finished = await runScenario(text, options, {
    executor: commandExecutor,
    reader: folderReader(dirname(file)),
    early: note,
  })
  for (const words of [...finished.warnings, ...finished.notes]) note(words)
  return SimulationResult.of(finished)
}
