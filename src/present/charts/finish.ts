// Finishes a drawing: its source below it, and its colors on dark screens.
import { DARK, INK } from './theme.ts'

const [FONT_SIZE, HEIGHT] = [12, 22]

const escapedText = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** Colors are attributes of the drawing, which a rule of a style sheet overrides. */
export const DARK_RULES = DARK.map(([light, dark]) =>
  (['fill', 'stroke'] as const).map((what) => `svg [${what}="${light}"]{${what}:${dark}}`).join(''),
).join('')

/** @param source where the figures come from */
export function finished(svg: string, source?: string): string {
  const styled = svg.replace(/(<svg [^>]*>)/, `$1<style>@media (prefers-color-scheme:dark){${DARK_RULES}}</style>`)
  if (source === undefined) return styled
  const size = /<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)" viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)
  if (!size) return styled
  const [found, before, width, height, right, bottom] = size
  const taller = `<svg ${before}width="${width}" height="${Number(height) + HEIGHT}" viewBox="0 0 ${right} ${Number(bottom) + HEIGHT}"`
  const line = `<text x="5" y="${Number(bottom) + HEIGHT - 8}" font-family="Inter, system-ui, sans-serif" font-size="${FONT_SIZE}" fill="${INK}">${escapedText(source)}</text>`
  // The paper reaches below the source.
  return styled
    .replace(found, taller)
    .replace(`width="${width}" height="${height}" fill=`, `width="${width}" height="${Number(height) + HEIGHT}" fill=`)
    .replace(/<\/svg>\s*$/, `${line}</svg>`)
}
