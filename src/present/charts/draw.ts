// Draws Vega-Lite as SVG without a browser. It loads Vega only when something is drawn, since most runs draw nothing.
import { visibleLines } from '../../errors.ts'

/** Compiles Vega-Lite to Vega. */
export async function compiledSpec(spec: object): Promise<Readonly<Record<string, unknown>>> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')])
  // The compiler would warn that a facet's order stands in two places.
  const quiet = vega.logger(vega.Error)
  return compile(spec as Parameters<typeof compile>[0], { logger: quiet }).spec as unknown as Readonly<Record<string, unknown>>
}

export async function drawn(spec: object): Promise<string> {
  const [vega, compiled] = await Promise.all([import('vega'), compiledSpec(spec)])
  const view = new vega.View(vega.parse(compiled), { renderer: 'none' })
  try {
    // Vega escapes markup, and leaves all other characters as they are.
    return visibleLines(await view.toSVG())
  } finally {
    view.finalize()
  }
}
