// Checks documents: every finding with its file and line, and a grade for each document.
import { lineOf } from './block.mjs'
import { readability } from './readability.mjs'
import { findingsOf } from './rules.mjs'
import { sentencesOf } from './sentences.mjs'

/** @import { Document } from './block.mjs' */
/** @import { Finding } from './rules.mjs' */
/** @typedef {Finding & { name: string, line: number, shown: string }} Located */
/** @typedef {{ name: string, grade: number, limit: number, sentences: number, words: number }} Grade */

/**
 * @param {Document} document @param {number} limit highest grade
 * @returns {{ findings: Located[], grade: Grade | undefined }}
 */
export function checkDocument(document, limit) {
  const { name, source } = document
  const sentences = sentencesOf(document)
  const findings = sentences.flatMap((sentence) =>
    findingsOf(sentence).map((finding) => ({ ...finding, name, line: lineOf(source, sentence.start), shown: sentence.shown })),
  )
  const measured = readability(sentences)
  if (measured && measured.grade > limit)
    findings.push({
      rule: 'grade',
      level: 'error',
      message: `US school grade ${measured.grade.toFixed(1)}: at most ${limit}. Shorten the hardest sentences:`,
      name,
      line: 1,
      shown: hardest(sentences),
    })
  return { findings, grade: measured && { name, limit, ...measured } }
}

/** The three sentences with the highest grade. @param {readonly import('./sentences.mjs').Sentence[]} sentences */
const hardest = (sentences) =>
  sentences
    .map((sentence) => ({ shown: sentence.shown, grade: readability([sentence])?.grade ?? 0 }))
    .sort((a, b) => b.grade - a.grade)
    .slice(0, 3)
    .map(({ shown, grade }) => `(${grade.toFixed(0)}) ${shown}`)
    .join('  ')

/** @param {Located} finding */
export const findingLine = ({ name, line, level, rule, message, shown }) =>
  `${name}:${line} ${level} ${rule}: ${message} | ${shown}`
