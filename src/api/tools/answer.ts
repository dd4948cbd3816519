// The answer of a tool as it leaves: bounded, with every text visible, as text and as data of one schema.
import { visible, visibleLines } from '../../errors.ts'
import { isFields } from '../../notation/fields.ts'
import { formatNumber } from '../../notation/number.ts'
import type { JsonSchema } from '../../options/option.ts'
import { align } from '../../present/report/text.ts'
import type { ToolAnswer } from './tool.ts'

const texts = (description: string): JsonSchema => ({ type: 'array', items: { type: 'string' }, description })

/** The JSON Schema of every answer. */
export const ANSWER_SCHEMA = {
  type: 'object',
  properties: {
    words: { type: 'string', description: 'the answer in sentences' },
    figures: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          value: { type: 'number' },
          se: { type: ['number', 'null'], description: 'standard error; 0 for an exact number, null if the sample gives none' },
          unit: { type: 'string', description: 'a currency, share (a fraction of 1), or what is counted' },
          text: { type: 'string', description: 'the number as a report shows it' },
        },
        required: ['name', 'value', 'se', 'unit', 'text'],
      },
    },
    assumptions: texts('what the plan assumes'),
    notes: texts('what to say beside the answer'),
    details: { type: 'object', description: 'more of the answer as data' },
  },
  required: ['words', 'figures', 'assumptions', 'notes'],
} as const

/** The most figures, assumptions or notes of an answer, and the most characters of its words and of its details. */
const MOST_ENTRIES = 500
const MOST_WORDS = 100_000
const MOST_DETAILS = 200_000

/** Shortens an answer so that an assistant can read it. Notes say what is left out. */
export function boundedAnswer({ words, figures, assumptions, notes, details }: ToolAnswer): ToolAnswer {
  const long = (list: readonly unknown[]) => list.length > MOST_ENTRIES
  const left = (name: string, list: readonly unknown[]) =>
    long(list) ? [`Only the first ${MOST_ENTRIES} of ${formatNumber(list.length)} ${name} are shown.`] : []
  const large = details !== undefined && JSON.stringify(details).length > MOST_DETAILS
  return {
    words: words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS)} …` : words,
    figures: figures.slice(0, MOST_ENTRIES),
    assumptions: assumptions.slice(0, MOST_ENTRIES),
    notes: [
      ...notes.slice(0, MOST_ENTRIES),
      ...left('figures', figures),
      ...left('assumptions', assumptions),
      ...left('notes', notes),
      ...(large ? ['The details are too long to show. Use the command on the same plan for all of them.'] : []),
    ],
    ...(details !== undefined && !large && { details }),
  }
}

/** The answer as text, for assistants that read no data. */
export function answerText({ words, figures, assumptions, notes }: ToolAnswer): string {
  const table = figures.length > 0 ? align(figures.map(({ name, text }) => [name, text])) : []
  const list = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
  return [words, ...list('Figures', table), ...list('The plan assumes', assumptions), ...list('Notes', notes)].join('\n')
}

/** A value whose texts hold nothing that hides or turns text. Line ends stay. */
export function withVisibleTexts(value: unknown): unknown {
  if (typeof value === 'string') return visibleLines(value)
  if (Array.isArray(value)) return value.map(withVisibleTexts)
  if (!isFields(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [visible(key), withVisibleTexts(own)]))
}
