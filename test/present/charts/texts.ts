// The texts of a drawing and the places that they take.
import { textWidth } from '../../../src/present/charts/letters.ts'

export interface PlacedText {
  readonly text: string
  readonly size: number
  readonly rotated: boolean
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const attribute = (tag: string, name: string): string | undefined => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]

function offsetOf(tag: string): readonly [number, number] {
  const [, x = '0', y = '0'] = /translate\(([-\d.e]+)[, ]([-\d.e]+)\)/.exec(attribute(tag, 'transform') ?? '') ?? []
  return [Number(x), Number(y)]
}

const plain = (text: string): string =>
  text
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** What most fonts take of the room that the drawing keeps for a text. */
const TAKEN = 0.9

/** A text with a halo counts once. */
export function textsOf(svg: string): PlacedText[] {
  const found = new Map<string, PlacedText>()
  const offsets: (readonly [number, number])[] = [[0, 0]]
  for (const [token] of svg.matchAll(/<g\b[^>]*>|<\/g>|<text\b[^>]*>[\s\S]*?<\/text>/g)) {
    const [x, y] = offsets[offsets.length - 1]
    if (token === '</g>') offsets.pop()
    else if (token.startsWith('<g')) {
      const [dx, dy] = offsetOf(token)
      if (!token.endsWith('/>')) offsets.push([x + dx, y + dy])
    } else {
      const tag = token.slice(0, token.indexOf('>') + 1)
      const text = plain(token)
      if (text === '' || attribute(tag, 'opacity') === '0') continue
      const [dx, dy] = offsetOf(tag)
      const size = Number.parseFloat(attribute(tag, 'font-size') ?? '11')
      const width = TAKEN * textWidth(text, size, /bold|700/.test(attribute(tag, 'font-weight') ?? ''))
      const anchor = attribute(tag, 'text-anchor') ?? 'start'
      const left = x + dx + Number(attribute(tag, 'x') ?? 0) - (anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0)
      const base = y + dy + Number(attribute(tag, 'y') ?? 0)
      const rotated = /rotate\((?!0[,)])/.test(tag)
      const placed = { text, size, rotated, left, right: left + width, top: base - 0.75 * size, bottom: base + 0.2 * size }
      found.set(`${text} ${left.toFixed(1)} ${base.toFixed(1)}`, placed)
    }
  }
  return [...found.values()]
}

/** Texts that cover each other by more than a pixel, in pairs. */
export function overlapping(texts: readonly PlacedText[]): string[] {
  const over = (a: PlacedText, b: PlacedText) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
  return texts.flatMap((one, k) =>
    texts.slice(k + 1).flatMap((other) => (over(one, other) ? [`"${one.text}" and "${other.text}"`] : [])),
  )
}
