import type { Resvg } from '@resvg/resvg-js'
import { shown, UsageError } from '../../errors.ts'
import { checkOptions } from '../../options/check.ts'
import { drawing, type PngOptions } from '../../options/drawing.ts'
import type { Chart } from '../../present/charts/chart.ts'
import { unbundled } from '../../optional.ts'
import { optional } from './optional.ts'

const RESVG = '@resvg/resvg-js'
const native = () => unbundled(RESVG) as Promise<{ readonly Resvg: typeof Resvg }>

/** Draws a chart as PNG with the fonts of this machine. @throws UsageError for the options */
export async function chartPng(chart: Chart, options: PngOptions = {}): Promise<Uint8Array> {
  checkOptions(options, drawing)
  if (typeof chart?.toSVG !== 'function')
    throw new UsageError(`png: expected a chart, as result.chart() returns it, got ${shown(chart)}`)
  const { scale = 2, background = '#ffffff' } = options
  const { Resvg: Renderer } = await optional(native, RESVG, 'png')
  const image = new Renderer(await chart.toSVG(), {
    background,
    fitTo: { mode: 'zoom', value: scale },
    font: { loadSystemFonts: true, defaultFontFamily: 'sans-serif' },
  })
  return image.render().asPng()
}
