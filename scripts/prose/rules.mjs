// The rules of writing that a program can check. Each looks at one sentence.
import nlp from 'compromise'
import { CODE } from './block.mjs'
import { wordsOf } from './readability.mjs'
import { BRITISH, DIALECT, NOUN_OR_VERB } from './words.mjs'

/** @import { Sentence } from './sentences.mjs' */
/** @typedef {{ rule: string, level: 'error' | 'warning', message: string }} Finding */
/** @typedef {(sentence: Sentence) => Iterable<Finding>} Rule */

/** @param {string} words */
const whole = (words) => new RegExp(`(?<![\\w-])(?:${words})(?![\\w-])`, 'gi')
/** @param {string} rule @param {string} message @returns {Finding} */
const error = (rule, message) => ({ rule, level: 'error', message })
/** @param {string} rule @param {string} message @returns {Finding} */
const warning = (rule, message) => ({ rule, level: 'warning', message })

/** @type {readonly Rule[]} */
const phrases = DIALECT.map(([pattern, instead]) => {
  const found = whole(pattern)
  return ({ text }) => [...text.matchAll(found)].map(([words]) => error('dialect', `"${words}": write "${instead}"`))
})

/** @type {readonly Rule[]} */
const spellings = BRITISH.map(([pattern, instead]) => {
  const found = whole(pattern)
  return ({ text }) =>
    [...text.matchAll(found)].map(([word]) =>
      error('spelling', `"${word}": write "${word.replace(new RegExp(pattern, 'i'), instead)}"`),
    )
})

/** @type {Rule} */
function* numbers({ text }) {
  for (const [found] of text.matchAll(/\d[\d.,]*[ \u00a0\u202f]%/g)) yield error('number', `"${found}": no space before %`)
  for (const [found] of text.matchAll(/(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)/g))
    yield error('number', `"${found}": write "${found.replaceAll(/[ \u00a0\u202f]/g, ',')}"`)
}

/** A quotation or a question may say "what" as it likes. @type {Rule} */
function* whatAsNoun({ kind, text }) {
  if (kind === 'paragraph' && /^What\b/.test(text) && !/[?:]\W*$/.test(text))
    yield warning('what', 'a sentence that begins with "What": name the thing')
}

/** @type {Rule} */
function* oneIdea({ kind, text }) {
  if (kind === 'cell' || kind === 'heading') return
  if (text.includes(';')) yield warning('semicolon', 'split at the semicolon')
  if ((text.match(/ and /g)?.length ?? 0) > 1) yield warning('and', 'a second "and": split, or make a list')
}

/**
 * Only whole sentences of running text are asked for a verb. A word that may be one is given the benefit of the doubt.
 * @type {Rule}
 */
function* verb({ kind, text }) {
  if (kind !== 'paragraph' || !/[.!]["')\]]*$/.test(text)) return
  const words = wordsOf(text)
  if (words.length < 2 || words.some((word) => NOUN_OR_VERB.has(word.toLowerCase()) || nlp(word).has('#Verb'))) return
  // Subjects that are code or the product's name mislead the tagger.
  const plain = text.replaceAll(CODE, 'It').replaceAll(/\bbillcast\b/gi, 'It')
  if (!nlp(plain).has('#Verb')) yield error('verb', 'a sentence needs a verb')
}

/** @type {readonly Rule[]} */
const RULES = [...phrases, ...spellings, numbers, whatAsNoun, oneIdea, verb]

/** @param {Sentence} sentence @returns {Finding[]} */
export const findingsOf = (sentence) => RULES.flatMap((rule) => [...rule(sentence)])
