// Commands that run a scenario once and ask the result.
import { dirname } from 'node:path'
import { SimulationResult } from '../api/result.ts'
import { interruptible } from './flags.ts'
import { loadScenario } from './load.ts'
import { optionsOf, type RunFlags } from './commands/run.ts'

export type OnceFlags = Pick<RunFlags, 'trials' | 'seed' | 'method' | 'measure' | 'threads' | 'json'>

export async function runOnce(file: string, flags: OnceFlags): Promise<SimulationResult> {
  const options = optionsOf(flags, interruptible())
  const text = await loadScenario(file)
  const [{ runScenario }, { threadExecutor }, { folderReader }] = await Promise.all([
    import('../api/run.ts'),
    import('../platform/node/threads/pool.ts'),
    import('../platform/node/reader.ts'),
  ])
  const finished = await runScenario(text, options, { executor: threadExecutor, reader: folderReader(dirname(file)) })
  for (const warning of finished.warnings) process.stderr.write(`note: ${warning}\n`)
  return new SimulationResult(finished)
}
