// Draws charts in a page, whose policy forbids that Vega compiles expressions by eval. The build puts it in the place of
// the function of present/charts/draw.ts.
import { parse, type Spec, textMetrics, View } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { visibleLines } from '../../../errors.ts'
import { compiledSpec } from '../../../present/charts/draw.ts'
import { withLetters } from '../../../present/charts/letters.ts'

export async function interpreted(spec: object): Promise<string> {
  const runtime = parse((await compiledSpec(spec)) as unknown as Spec, undefined, { ast: true })
  const view = new View(runtime, { expr: expressionInterpreter, renderer: 'none' })
  try {
    return visibleLines(await withLetters(textMetrics, () => view.toSVG()))
  } finally {
    view.finalize()
  }
}
