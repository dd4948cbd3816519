// A chart as a picture in pixels.
import type { Chart } from '../../present/charts/chart.ts'
import { UsageError } from '../../errors.ts'

export interface PngOptions {
  /** Pixels for each of the drawing's: 2 unless stated. */
  readonly scale?: number
  /** CSS colour behind the chart: white unless stated. */
  readonly background?: string
}

/** Draws a chart as PNG, with the fonts of this machine. @throws UsageError for a scale that is no number from 0.1 to 10 */
export async function png(chart: Chart, { scale = 2, background = '#ffffff' }: PngOptions = {}): Promise<Uint8Array> {
  if (!(scale >= 0.1 && scale <= 10)) throw new UsageError(`scale: expected a number from 0.1 to 10, got ${String(scale)}`)
  // Native code: loaded when a picture is wanted.
  const { Resvg } = await import('@resvg/resvg-js')
  const drawing = new Resvg(await chart.toSVG(), {
    background,
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: true, defaultFontFamily: 'sans-serif' },
  })
  return drawing.render().asPng()
}
