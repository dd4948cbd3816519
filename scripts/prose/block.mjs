// A block is one stretch of text that people read: a paragraph, a list item, a table cell, a heading, the text of a picture.

/** Stands for code inside a sentence: it is no word, yet the sentence needs it. */
export const CODE = '\uFFFC'

/**
 * `offsets` has the place in the source of each character of `text`, so that a finding can name its line.
 * @typedef {{ kind: 'paragraph' | 'item' | 'cell' | 'heading' | 'caption' | 'line', text: string, offsets: readonly number[] }} Block
 * @typedef {{ name: string, source: string, blocks: readonly Block[] }} Document
 */

/** Collects the characters of a block with their offsets. */
export class BlockWriter {
  text = ''
  /** @type {number[]} */
  offsets = []

  /** @param {string} text @param {number} offset of its first character in the source */
  push(text, offset) {
    for (let k = 0; k < text.length; k++) this.offsets.push(offset + k)
    this.text += text
  }

  /**
   * Escapes and entities make a text shorter than its source. Its characters are found one by one, which keeps lines right.
   * @param {{ value: string, position?: import('unist').Position | undefined }} node @param {string} source
   */
  pushDecoded({ value, position }, source) {
    let offset = position?.start.offset ?? 0
    const end = position?.end.offset ?? offset
    for (const character of value) {
      const found = source.indexOf(character, offset)
      const inside = found >= 0 && found < end
      if (inside) offset = found
      this.push(character, offset)
      if (inside) offset = found + character.length
    }
  }

  /** @param {Block['kind']} kind @returns {Block} */
  done(kind) {
    return { kind, text: this.text, offsets: this.offsets }
  }
}

/** Line of an offset, counted from 1. @param {string} source @param {number} offset */
export function lineOf(source, offset) {
  let line = 1
  for (let at = source.indexOf('\n'); at >= 0 && at < offset; at = source.indexOf('\n', at + 1)) line++
  return line
}
