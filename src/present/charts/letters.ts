// How wide a text is, without a canvas. Vega would take every letter for as wide as the widest, so that labels would be cut off in the middle of
// their room, and a title would leave half of the picture empty.

/** Widths of Inter in hundredths of the size of the letters; bold ones are wider. */
const WIDTHS: readonly (readonly [width: number, letters: string])[] = [
  [26, "ijlI |!,.:';`"],
  [37, 'tfr1()[]{}/\\'],
  [48, '-_"^*?s'],
  [57, 'kxzavy7JLceFhnu5'],
  [62, '2bdgpqEo3689#0Z$&PRS4BT+<=>~'],
  [69, 'KXYAVD'],
  [76, 'CHUGNOQ'],
  [88, 'wmM'],
  [98, '@%W'],
]
const BY_LETTER = new Map(WIDTHS.flatMap(([width, letters]) => [...letters].map((letter) => [letter, width] as const)))
/** Other Latin letters, and those of wide scripts, which fill a square. */
const [USUAL, SQUARE] = [64, 100]
const WIDE =
  /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const BOLD = 1.1
/** Other fonts than Inter are wider. */
const SPARE = 1.14

/** Pixels that a text takes. */
export function textWidth(text: string, size: number, bold = false): number {
  let sum = 0
  for (const letter of text) sum += BY_LETTER.get(letter) ?? (WIDE.test(letter) ? SQUARE : USUAL)
  return (sum / 100) * size * SPARE * (bold ? BOLD : 1)
}

/** A text that fits, cut off if it must be. */
export function fittingText(text: string, width: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text
  const letters = [...text]
  while (letters.length > 1 && textWidth(`${letters.join('').trimEnd()}…`, size, bold) > width) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

/** A text in lines that fit. A word that is too long, or a text without spaces, is broken where the room ends. */
export function linesOf(text: string, width: number, size: number, bold = false): string[] {
  const lines: string[] = []
  let current = ''
  const fits = (line: string) => textWidth(line, size, bold) <= width
  for (const word of text.trim().split(/ +/)) {
    const next = current === '' ? word : `${current} ${word}`
    if (fits(next)) {
      current = next
      continue
    }
    if (current !== '') lines.push(current)
    current = ''
    for (const letter of word) {
      if (current !== '' && !fits(current + letter)) {
        lines.push(current)
        current = ''
      }
      current += letter
    }
  }
  return [...lines, current]
}

interface Item {
  /** What is longer is cut off. */
  readonly limit?: number
  readonly fontSize?: number
  readonly fontWeight?: string | number
}

/** What Vega knows of text (its `textMetrics`). */
export interface TextMetrics {
  width: (item: Item, text: string) => number
  readonly estimateWidth: (item: Item, text: string) => number
}

/** Drawings in progress. */
let drawing = 0

/** Draws with these widths, if Vega has no canvas to measure by. It has its own estimate again when nothing is drawn. */
export async function withLetters<T>(metrics: TextMetrics, draw: () => Promise<T>): Promise<T> {
  if (metrics.width !== metrics.estimateWidth && drawing === 0) return draw()
  drawing += 1
  metrics.width = ({ fontSize = 11, fontWeight, limit }, text) => {
    const width = textWidth(String(text ?? ''), fontSize, fontWeight === 'bold' || Number(fontWeight) >= 600)
    return limit !== undefined && limit > 0 ? Math.min(limit, width) : width
  }
  try {
    return await draw()
  } finally {
    drawing -= 1
    if (drawing === 0) metrics.width = metrics.estimateWidth
  }
}
