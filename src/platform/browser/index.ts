// The library's platform in a browser: large runs work on Web Workers, all else in the thread that imports it, and files are those that the
// caller passes. Figures equal those of Node to the last bit. `platform/node/index.ts` exports the same names.
import { definedIn, givenFiles } from '../../api/given.ts'
import type { Platform } from '../../api/run.ts'
import { UsageError } from '../../errors.ts'
import { checkOptions } from '../../options/check.ts'
import { drawing, type PngOptions } from '../../options/drawing.ts'
import type { OptionsOf } from '../../options/option.ts'
import type { answering, FilePlace } from '../../options/shared.ts'
import type { Chart } from '../../present/charts/chart.ts'
import { answerOf, type Request } from '../../questions/list.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { ownFile } from './own-file.ts'
import { askedElsewhere, serveQuestions } from './threads/questions.ts'

export { browserHome as home } from './home.ts'
export { pageJsonSchema as scenarioJsonSchema } from './schema.ts'

if (ownFile !== undefined) serveQuestions()

/** The texts of the files that a scenario names. A browser reads no folders. */
export type Place = Pick<FilePlace, 'files'>

export const surroundings = async (): Promise<Omit<Platform, 'reader'>> => ({
  executor: (await import('./threads/executor.ts')).pageExecutor,
})

/** @throws UsageError for a folder, which a browser cannot read */
export function readerOf({ folder, files }: FilePlace): Reader {
  if (folder !== undefined)
    throw new UsageError("folder: a browser cannot read folders. Pass the texts of the files, such as files: { 'plan.csv': '…' }")
  return givenFiles(files)
}

/** Trials up to which a question is answered about as soon as a worker would have started. */
const FEW = 16_384

/** Answers a question on a worker if the library is a file of its own, and on this thread, which takes turns with other work, elsewhere. */
export async function answered({ name, about, options }: Request, place: FilePlace): Promise<unknown> {
  const { threads, onProgress, signal, ...rest } = options as OptionsOf<typeof answering>
  const reader = readerOf(place)
  signal?.throwIfAborted()
  const watching = definedIn({ onProgress, signal })
  const { trials = Number.POSITIVE_INFINITY } = rest as { readonly trials?: number }
  const small = trials <= FEW && name !== 'backtest'
  const here = threads === 1 || (threads === undefined && small)
  const asked = { name, about, options: rest }
  const answer = ownFile === undefined || here ? undefined : await askedElsewhere(ownFile, asked, place.files ?? {}, watching)
  return answer ? answer.found : answerOf({ ...asked, options: { ...rest, ...watching } }, reader)
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
