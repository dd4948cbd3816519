// The library's platform in a browser: large runs work on Web Workers, all else in the thread that imports it, and files are those that the
// caller passes. Figures equal those of Node to the last bit. `platform/node/index.ts` exports the same names.
import { definedIn, givenFiles } from '../../api/given.ts'
import type { ResultHome } from '../../api/made.ts'
import type { Finished } from '../../api/run.ts'
import { receivedRun, type SentRun } from '../../api/sent.ts'
import { UsageError } from '../../errors.ts'
import { checkOptions } from '../../options/check.ts'
import { drawing, type PngOptions } from '../../options/drawing.ts'
import type { OptionsOf } from '../../options/option.ts'
import type { answering, FilePlace } from '../../options/shared.ts'
import type { Chart } from '../../present/charts/chart.ts'
import { answerOf, type Request } from '../../questions/list.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { SimulateOptions } from '../../options/simulate.ts'
import { calledElsewhere, doneElsewhere } from './helpers/helpers.ts'
import { serve } from './helpers/serve.ts'
import { browserHome } from './home.ts'
import { ownFile } from './own-file.ts'

export { pageJsonSchema as scenarioJsonSchema } from './schema.ts'

if (ownFile !== undefined) serve()

export const home: ResultHome = { ...browserHome, elsewhere: calledElsewhere }

/** The texts of the files that a scenario names. A browser reads no folders. */
export type Place = Pick<FilePlace, 'files'>

/** @throws UsageError for a folder, which a browser cannot read */
export function readerOf({ folder, files }: FilePlace): Reader {
  if (folder !== undefined)
    throw new UsageError("folder: a browser cannot read folders. Pass the texts of the files, such as files: { 'plan.csv': '…' }")
  return givenFiles(files)
}

/**
 * Runs a plan on a worker that compiles and summarizes it too, and on this thread, which takes turns with other work, if the caller wants no
 * threads or the page starts none.
 */
export async function ran(scenario: string | object, options: SimulateOptions, place: FilePlace): Promise<Finished> {
  const { onProgress, signal, ...rest } = options
  const reader = readerOf(place)
  signal?.throwIfAborted()
  const work = { kind: 'run', scenario, options: definedIn(rest), files: place.files ?? {} } as const
  const done = rest.threads === 1 ? undefined : await doneElsewhere(work, definedIn({ onProgress, signal }))
  if (done) return receivedRun(done.found as SentRun)
  const [{ runScenario }, { pageExecutor }] = await Promise.all([import('../../api/run.ts'), import('./threads/executor.ts')])
  return runScenario(scenario, options, { executor: pageExecutor, reader })
}

/** Answers a question on a worker, and on this thread, which takes turns with other work, if the page starts none. */
export async function answered({ name, about, options }: Request, place: FilePlace): Promise<unknown> {
  const { threads, onProgress, signal, ...rest } = options as OptionsOf<typeof answering>
  const reader = readerOf(place)
  signal?.throwIfAborted()
  const watching = definedIn({ onProgress, signal })
  const request = { name, about, options: definedIn(rest) }
  const answer = threads === 1 ? undefined : await doneElsewhere({ kind: 'question', request, files: place.files ?? {} }, watching)
  return answer ? answer.found : answerOf({ ...request, options: { ...rest, ...watching } }, reader)
}

/** Only the caller's signal can stop a run in a page. */
export const interruptible = <T>(
  given: AbortSignal | undefined,
  work: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> => work(given)

/** @throws UsageError always: a page shows the SVG, with its own fonts */
export async function png(_chart: Chart, options: PngOptions = {}): Promise<Uint8Array> {
  checkOptions(options, drawing)
  throw new UsageError('png: a browser cannot draw PNG. Show `await chart.toSVG()` instead, or call png in Node')
}
