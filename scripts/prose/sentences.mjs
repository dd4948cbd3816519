// Splits blocks into sentences, by the parser of retext.
import { ParseEnglish } from 'parse-english'

/** @import { Block, Document } from './block.mjs' */
/** @typedef {{ kind: Block['kind'], text: string, start: number, shown: string }} Sentence `start` is an offset in the source */

const parser = new ParseEnglish()

/** @param {Document} document @returns {Sentence[]} */
export function sentencesOf({ source, blocks }) {
  return blocks.flatMap(({ kind, text, offsets }) =>
    spans(text).map(([from, to]) => {
      const start = offsets[from]
      // The source shows the code that the text leaves out.
      const shown = source.slice(start, offsets[to - 1] + 1)
      return { kind, text: text.slice(from, to), start, shown: shown.replaceAll(/\s+/g, ' ').trim() }
    }),
  )
}

/** @param {string} text @returns {[from: number, to: number][]} */
function spans(text) {
  // The parser joins a sentence that begins in lower case to the one before it, and the product's name does.
  const { children } = parser.parse(text.replaceAll(/\bbillcast\b/g, 'Billcast'))
  /** @type {[number, number][]} */
  const found = []
  for (const paragraph of children)
    if (paragraph.type === 'ParagraphNode')
      for (const node of paragraph.children)
        if (node.type === 'SentenceNode' && node.position)
          found.push([node.position.start.offset ?? 0, node.position.end.offset ?? text.length])
  return found
}
