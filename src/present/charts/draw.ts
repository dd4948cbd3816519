// Draws Vega-Lite as SVG without a browser.
import { visibleLines } from '../../errors.ts'
import { nextTurn } from '../../pace.ts'
import { withLetters } from './letters.ts'
import { loadedVega, type Vega } from './vega.ts'

function compiledBy({ compile, errors, logger }: Vega, spec: object): Readonly<Record<string, unknown>> {
  // The compiler would warn that a facet's order stands in two places.
  const quiet = logger(errors)
  return compile(spec as Parameters<typeof compile>[0], { logger: quiet }).spec as unknown as Readonly<Record<string, unknown>>
}

/** Compiles Vega-Lite to Vega. */
export const compiledSpec = async (spec: object): Promise<Readonly<Record<string, unknown>>> => compiledBy(await loadedVega(), spec)

const SMALL = {
  mark: 'bar',
  data: { values: [] },
  encoding: { x: { field: 'a', type: 'quantitative' }, y: { field: 'b', type: 'nominal' } },
}
let warmed = false

/** The first chart takes twice as long to compile as others, so a page compiles a small one before it. */
async function warm(vega: Vega): Promise<void> {
  if (warmed || !('document' in globalThis)) return
  warmed = true
  compiledBy(vega, SMALL)
  await nextTurn()
}

/** Each step takes up to 30 ms of CPU the first time. A page works between two of them. */
export async function drawn(spec: object): Promise<string> {
  const vega = await loadedVega()
  // The caller has just made the chart, which took a turn of its own.
  await nextTurn()
  await warm(vega)
  const compiled = compiledBy(vega, spec)
  await nextTurn()
  const parsed = vega.parse(compiled)
  await nextTurn()
  const view = new vega.View(parsed, { renderer: 'none' })
  try {
    await nextTurn()
    const svg = await withLetters(vega.textMetrics, async () => {
      await view.runAsync()
      await nextTurn()
      return view.toSVG()
    })
    // Vega escapes markup, and leaves all other characters as they are.
    return visibleLines(svg)
  } finally {
    view.finalize()
  }
}
