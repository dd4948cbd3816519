// The school grade of a text (Flesch and Kincaid, 1975), measured on its sentences of prose.
import { fleschKincaid } from 'flesch-kincaid'
import { syllable } from 'syllable'

/** @import { Sentence } from './sentences.mjs' */

/** A sentence ends with a mark, behind which a bracket or a quotation may close. */
const ENDED = /[.!?:]["'”’)\]]*$/

/** Identifiers that nobody marked as code: paths, options, names in camel case. */
const IDENTIFIER = /^(?:--?[a-z]|[\w-]+[._/][\w._/[\]-]*\w$|[a-z]+[A-Z]\w*$|\w+\(\)$)/

/**
 * Words of a sentence. A number counts as one. Code and identifiers do not count.
 * @param {string} text
 */
export const wordsOf = (text) =>
  text
    .split(/[\s—–…]+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}$-]+/u, '').replace(/[^\p{L}\p{N}%)]+$/u, ''))
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && !IDENTIFIER.test(word))

/** A number is read as one syllable: its digits say nothing about how hard a sentence is. @param {string} word */
const syllables = (word) => (/\d/.test(word) ? 1 : Math.max(1, syllable(word)))

/** @param {Sentence} sentence */
const counts = ({ kind, text }) =>
  kind === 'line' || ((kind === 'paragraph' || kind === 'item') && ENDED.test(text.trim()) && wordsOf(text).length > 0)

/**
 * Grade of a text, or undefined where it has no sentence.
 * @param {readonly Sentence[]} sentences
 * @returns {{ grade: number, sentences: number, words: number } | undefined}
 */
export function readability(sentences) {
  const counted = sentences.filter(counts)
  const words = counted.flatMap(({ text }) => wordsOf(text))
  if (words.length === 0) return undefined
  const grade = fleschKincaid({
    sentence: counted.length,
    word: words.length,
    syllable: words.reduce((sum, word) => sum + syllables(word), 0),
  })
  return { grade, sentences: counted.length, words: words.length }
}
