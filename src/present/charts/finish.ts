// Finishes a drawing: its title above, its source below, and its colors on dark screens.
import { visible } from '../../errors.ts'
import { linesOf } from './letters.ts'
import { DARK, FONT, INK, PAPER, SUBTITLE_SIZE, TITLE, TITLE_SIZE } from './theme.ts'

interface Framed {
  readonly title?: string
  readonly subtitle?: string
  readonly source?: string
}

interface Line {
  readonly text: string
  readonly size: number
  readonly weight: number
  readonly color: string
  /** From the line above to this one. */
  readonly step: number
}

const EDGE = 5
/** Pixels below the title and around the source. */
const [BELOW_TITLE, SOURCE] = [12, 24]
/** A small chart has a title that is not broken after every other word. */
const LEAST_WIDTH = 320

const escapedText = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** Colors are attributes of the drawing, which a rule of a style sheet overrides. */
export const DARK_RULES = DARK.map(([light, dark]) =>
  (['fill', 'stroke'] as const).map((what) => `svg [${what}="${light}"]{${what}:${dark}}`).join(''),
).join('')

function linesIn(text: string | undefined, width: number, size: number, bold: boolean, color: string, step: number): Line[] {
  if (text === undefined) return []
  return linesOf(visible(text), width - 2 * EDGE, size, bold).map((line) => ({
    text: line,
    size,
    weight: bold ? 700 : 400,
    color,
    step,
  }))
}

const lineAt = ({ text, size, weight, color }: Line, y: number): string =>
  `<text x="${EDGE}" y="${y}" font-family="${FONT}" font-size="${size}" font-weight="${weight}" fill="${color}">${escapedText(text)}</text>`

/** @param svg a drawing of Vega without a title */
export function finished(svg: string, { title, subtitle, source }: Framed): string {
  const size =
    /^<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)" viewBox="[^"]*">(?:<rect width="[^"]*" height="[^"]*" fill="[^"]*"(?:\/>|><\/rect>))?/.exec(
      svg,
    )
  if (!size) return svg
  const [found, attributes, own, tall] = size
  const width = title === undefined ? Number(own) : Math.max(LEAST_WIDTH, Number(own))
  const head = [...linesIn(title, width, TITLE_SIZE, true, TITLE, 20), ...linesIn(subtitle, width, SUBTITLE_SIZE, false, INK, 18)]
  const top = head.reduce((sum, { step }) => sum + step, 0) + (head.length > 0 ? BELOW_TITLE : 0)
  const foot = linesIn(source, width, 12, false, INK, 17)
  const height = top + Number(tall) + (foot.length > 0 ? SOURCE + 17 * (foot.length - 1) : 0)
  const bottoms = head.map((_, k) => head.slice(0, k + 1).reduce((sum, { step }) => sum + step, 0))
  const above = head.map((line, k) => lineAt(line, bottoms[k] - 2)).join('')
  const below = foot.map((line, k) => lineAt(line, top + Number(tall) + 14 + 17 * k)).join('')
  const body = svg.slice(found.length).replace(/<\/svg>\s*$/, '')
  return `<svg ${attributes}width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><style>@media (prefers-color-scheme:dark){${DARK_RULES}}</style><rect width="${width}" height="${height}" fill="${PAPER}"/>${above}<g transform="translate(0,${top})">${body}</g>${below}</svg>`
}
