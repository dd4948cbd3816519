// The library's platform in Node and Deno. `platform/browser/index.ts` exports the same names.
import type { Finished } from '../../api/run.ts'
import type { SimulateOptions } from '../../options/simulate.ts'
import type { FilePlace } from '../../options/shared.ts'
import { placeReader } from './reader.ts'

export { interruptibleCell as interruptible } from './interrupt.ts'
export { builtJsonSchema as scenarioJsonSchema } from './schema.ts'
export { chartPng as png } from './png.ts'
export type { FilePlace as Place } from '../../options/shared.ts'
export { nodeHome as home } from './home.ts'
export { answered } from './answered.ts'
export { placeReader as readerOf } from './reader.ts'

/** Runs a plan. Worker threads are loaded only now. */
export async function ran(scenario: string | object, options: SimulateOptions, place: FilePlace): Promise<Finished> {
  const [{ runScenario }, { threadExecutor }, { hostMemory }] = await Promise.all([
    import('../../api/run.ts'),
    import('./threads/executor.ts'),
    import('./memory.ts'),
  ])
  return runScenario(scenario, options, { executor: threadExecutor, ...hostMemory(), reader: placeReader(place) })
}
