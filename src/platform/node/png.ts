import { checkOptions } from '../../options/check.ts'
import { drawing, type PngOptions } from '../../options/drawing.ts'
import type { Chart } from '../../present/charts/chart.ts'

/** Draws a chart as PNG with the fonts of this machine. @throws UsageError for the options */
export async function chartPng(chart: Chart, options: PngOptions = {}): Promise<Uint8Array> {
  checkOptions(options, drawing)
  const { scale = 2, background = '#ffffff' } = options
  // Load the native code only when needed.
  const { Resvg } = await import('@resvg/resvg-js')
  const image = new Resvg(await chart.toSVG(), {
    background,
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: true, defaultFontFamily: 'sans-serif' },
  })
  return image.render().asPng()
}
