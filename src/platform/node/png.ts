import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Resvg } from '@resvg/resvg-js'
import { shown, UsageError } from '../../errors.ts'
import { checkOptions } from '../../options/check.ts'
import { drawing, type PngOptions } from '../../options/drawing.ts'
import type { Chart } from '../../present/charts/chart.ts'
import { unbundled } from '../../optional.ts'
import { optional } from './optional.ts'
import { packageFile } from './package.ts'

const RESVG = '@resvg/resvg-js'
const native = () => unbundled(RESVG) as Promise<{ readonly Resvg: typeof Resvg }>

/** Letters that the package's own fonts have (scripts/fonts.mjs), by their ranges in Unicode. */
const OWN_LETTERS =
  /^[\n -~\u00a0-\u02ff\u1e00-\u1e9f\u1ef2-\u1eff\u2000-\u206f\u20a0-\u20c0\u2113\u2122\u2191\u2193\u2212\u2215]*$/

/** The fonts of the package. A bundle without the package beside it has none, and takes those of the machine. */
function ownFonts(): string[] {
  try {
    const folder = packageFile('generated/fonts/')
    const names = readdirSync(folder).filter((name) => name.endsWith('.ttf'))
    return names.sort().map((name) => fileURLToPath(new URL(name, folder)))
  } catch {
    return []
  }
}

/**
 * Draws a chart as PNG. The package's own fonts give it the same letters on every machine. Other scripts than Latin come from the fonts of
 * the machine.
 * @throws UsageError for the options
 */
export async function chartPng(chart: Chart, options: PngOptions = {}): Promise<Uint8Array> {
  checkOptions(options, drawing)
  if (typeof chart?.toSVG !== 'function')
    throw new UsageError(`png: expected a chart, as result.chart() returns it, got ${shown(chart)}`)
  const { scale = 2, background = '#ffffff' } = options
  const { Resvg: Renderer } = await optional(native, RESVG, 'png')
  const svg = await chart.toSVG()
  const fontFiles = ownFonts()
  const image = new Renderer(svg, {
    background,
    fitTo: { mode: 'zoom', value: scale },
    font: {
      fontFiles,
      loadSystemFonts: fontFiles.length === 0 || !OWN_LETTERS.test(svg),
      ...(fontFiles.length > 0 ? { defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' } : { defaultFontFamily: 'sans-serif' }),
    },
  })
  return image.render().asPng()
}
