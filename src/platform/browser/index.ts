// What a browser brings to the library: the page's own thread, or that of the Web Worker that imports it, and files that are given. The
// figures are those of Node, to the last bit. `platform/node/index.ts` has the same names.
import { givenFiles } from '../../api/given.ts'
import type { Platform } from '../../api/run.ts'
import { UsageError } from '../../errors.ts'
import { checkOptions } from '../../options/check.ts'
import { drawing, type PngOptions } from '../../options/drawing.ts'
import type { FilePlace } from '../../options/shared.ts'
import type { Chart } from '../../present/charts/chart.ts'
import { inlineExecutor } from '../../run/executor.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'

export { scenarioJsonSchema } from '../../scenario/json-schema.ts'

/** The event loop has a turn now and then, and a signal stops a run. */
export const surroundings = (): Promise<Omit<Platform, 'reader'>> => Promise.resolve({ executor: () => inlineExecutor })

/** @throws UsageError for a folder, which a browser cannot read */
export function readerOf({ folder, files }: FilePlace): Reader {
  if (folder !== undefined)
    throw new UsageError("folder: expected the files themselves in a browser, such as files: { 'plan.csv': '…' }")
  return givenFiles(files)
}

/** A page stops a run by its signal alone. */
export const interruptible = <T>(
  given: AbortSignal | undefined,
  work: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> => work(given)

/** A page draws a chart with its own fonts: it shows the SVG. @throws UsageError always */
export async function png(_chart: Chart, options: PngOptions = {}): Promise<Uint8Array> {
  checkOptions(options, drawing)
  throw new UsageError('png: expected Node, whose library draws pixels: in a browser show `await chart.toSVG()`')
}
