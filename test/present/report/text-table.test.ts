// Tests that tables of the command fit their screen: they lose the columns that a reader can spare, and then become lists.
import { describe, expect, it } from 'vitest'
import { wrapped } from '../../../src/notation/wrap.ts'
import { plainLines, strong, type TextTable } from '../../../src/present/report/text-table.ts'

const figure = (text: string, error: string) => ({ text, error })
const table: TextTable = {
  head: ['', 'mean', 'P50', 'P80'],
  spare: ['P50'],
  rows: [
    ['fin', figure('$428,292', '$8.82'), figure('$427,166', '$105'), figure('$451,650', '$178')],
    ['per-conversation', figure('$1,082', '$17.97'), '–', figure('$1,345', '$1')],
  ],
}
const at = (columns: number, errors = false) => plainLines([table], { columns, errors })

describe('a table', () => {
  it('stands in columns, figures to the right, without errors unless asked', () => {
    expect(at(80)).toEqual([
      '                      mean       P50       P80',
      'fin               $428,292  $427,166  $451,650',
      'per-conversation    $1,082         –    $1,345',
    ])
  })

  it('shows errors below each other, and figures without one in line', () => {
    expect(at(90, true)).toEqual([
      '                               mean              P50              P80',
      'fin               $428,292 ±  $8.82  $427,166 ± $105  $451,650 ± $178',
      'per-conversation    $1,082 ± $17.97         –           $1,345 ±   $1',
    ])
  })

  it('loses the columns that can be spared, and says so', () => {
    expect(at(40)).toEqual([
      '                      mean       P80',
      'fin               $428,292  $451,650',
      'per-conversation    $1,082    $1,345',
      '(40 columns have no room for "P50".)',
    ])
  })

  it('becomes a list with all of its columns if it is still too wide', () => {
    expect(at(35)).toEqual([
      'fin',
      '  mean  $428,292',
      '  P50   $427,166',
      '  P80   $451,650',
      'per-conversation',
      '  mean    $1,082',
      '  P50          –',
      '  P80     $1,345',
    ])
  })

  const paths: TextTable = {
    head: ['', 'resolution.rate', 'offers.per-resolution.price', 'mean'],
    rows: [['per-conversation', '55%', '$0.80', '$275,408']],
  }

  it('breaks the longest headings behind dots and spaces before it becomes a list', () => {
    expect(plainLines([paths], { columns: 62, errors: false })).toEqual([
      '                                           offers.',
      '                                   per-resolution.',
      '                  resolution.rate            price      mean',
      'per-conversation              55%            $0.80  $275,408',
    ])
  })

  it('breaks the paths of its first column if headings are not enough', () => {
    const changes: TextTable = {
      head: ['committed', 'from', 'mean'],
      rows: [
        ['first plan', '', '$420,088'],
        ['  offers.committed.charges.usage.price', '$0.99', '+$26,687'],
      ],
    }
    expect(plainLines([changes], { columns: 44, errors: false })).toEqual([
      'committed                     from      mean',
      'first plan                          $420,088',
      '  offers.committed.charges.  $0.99  +$26,687',
      '  usage.price',
    ])
  })

  it('wraps the text of a last column to the left', () => {
    const worded: TextTable = {
      head: ['month', 'why'],
      left: [0, 1],
      rows: [['2027-01', '30,000 committed, and 3,983 over at $1.40']],
    }
    expect(plainLines([worded], { columns: 35, errors: false })).toEqual([
      'month    why',
      '2027-01  30,000 committed, and',
      '         3,983 over at $1.40',
    ])
  })

  it.each([40, 60, 80, 120])('has no line beyond %i columns', (columns) => {
    for (const errors of [false, true])
      for (const line of plainLines([table, strong('A sentence '.repeat(20))], { columns, errors, wraps: true }))
        expect(line.length).toBeLessThanOrEqual(columns)
  })
})

it('a sentence is wrapped between words, below the start of its text', () => {
  expect(wrapped('  Fin: $0.99 for each resolution.', 16)).toEqual(['  Fin: $0.99 for', '  each', '  resolution.'])
  expect(wrapped('unbreakable-word', 5)).toEqual(['unbreakable-word'])
  expect(wrapped('A price of 0.99 is 0.01 less.', 20)).toEqual(['A price of 0.99 is', '0.01 less.'])
})
