// The rules of writing that a program can check, and the school grade of a text.
import { describe, expect, it } from 'vitest'
import { checkDocument, findingLine } from '../../scripts/prose/check.mjs'
import { markdownDocument } from '../../scripts/prose/markdown.mjs'
import { readability, wordsOf } from '../../scripts/prose/readability.mjs'
import { sentencesOf } from '../../scripts/prose/sentences.mjs'

const rulesBrokenBy = (text: string) =>
  checkDocument(markdownDocument('page.md', text), 99).findings.map(({ rule, level }) => `${level} ${rule}`)

describe('a rule finds', () => {
  it.each([
    ['the budget is told by the command.', 'error dialect'],
    ['The command tells the budget.', 'error dialect'],
    ['It runs so many trials.', 'error dialect'],
    ['Whoever asks gets an answer.', 'error dialect'],
    ['It samples a million futures.', 'error dialect'],
    ['The law is normal.', 'error dialect'],
    ['The task is none of ours.', 'error dialect'],
    ['The command minimises the cost.', 'error spelling'],
    ['The catalogue lists the offers.', 'error spelling'],
    ['The colour is gray.', 'error spelling'],
    ['It has a chance of 40 %.', 'error number'],
    ['It costs $451 000 a year.', 'error number'],
    ['What costs less is shown first.', 'warning what'],
    ['It runs; it stops.', 'warning semicolon'],
    ['It runs and stops and starts.', 'warning and'],
    ['One row per month.', 'error verb'],
  ])('"%s" breaks: %s', (text, broken) => {
    expect(rulesBrokenBy(text)).toEqual([broken])
  })
})

it('plain sentences break no rule', () => {
  for (const text of [
    'billcast bills every contract on the same trials.',
    'You would exceed this budget in 20 of 100 simulated years (P80).',
    '`fin` costs less in 40% of trials.',
    'What does a trial cost?',
    'Ask for $451,000 and keep 5% in reserve.',
    'Figures are accurate to about 0.01% after a million trials.',
    '- One row per month.\n',
    '# One row per month.\n',
    '`is told` and `catalogue` are code.',
  ])
    expect([text, rulesBrokenBy(text)]).toEqual([text, []])
})

it('a finding names its file, line and rule, the better word, and the sentence', () => {
  const { findings } = checkDocument(markdownDocument('page.md', '# Title\n\nA short line.\nThe `fin` offer\nhas a colour.\n'), 99)
  const last = findings.at(-1)
  expect(last && findingLine(last)).toBe('page.md:4 error spelling: "colour": write "color" | The `fin` offer has a colour.')
})

describe('the school grade', () => {
  const gradeOf = (text: string) => readability(sentencesOf(markdownDocument('page.md', text)))
  it('follows the formula of Flesch and Kincaid', () => {
    // 6 words of 1 syllable and 3 of 2, in 2 sentences: 0.39 * 9 / 2 + 11.8 * 12 / 9 - 15.59.
    const found = gradeOf('The vendor sends a bill. You pay money later.')
    expect([found?.words, found?.sentences]).toEqual([9, 2])
    expect(found?.grade).toBeCloseTo(0.39 * 4.5 + (11.8 * 12) / 9 - 15.59, 10)
  })
  it('leaves out code, identifiers, headings, tables, captions and items that are no sentence', () => {
    const plain = gradeOf('The vendor sends a bill.')
    const page = `# Considerable organizational complications

The vendor sends a \`internationalization\` bill.

- comparative organizational considerations

![Considerable complications.](a.svg)

| organizational. |
| --- |
| Considerable complications. |
`
    expect(gradeOf(page)).toEqual(plain)
    expect(wordsOf('Set offers.fin.price with --trials 20k, or expectedShortfall.')).toEqual(['Set', 'with', '20k', 'or'])
  })
  it('is an error above its limit, with the hardest sentences', () => {
    const hard = 'Considerable organizational complications necessitate comprehensive interdepartmental communication.'
    const { findings, grade } = checkDocument(markdownDocument('page.md', `${hard}\n`), 11)
    expect(findings).toMatchObject([{ rule: 'grade', level: 'error', shown: expect.stringContaining('Considerable') }])
    expect(grade?.grade).toBeGreaterThan(20)
  })
  it('has no value for a page without a sentence', () => {
    expect(gradeOf('# Title\n')).toBeUndefined()
  })
})
