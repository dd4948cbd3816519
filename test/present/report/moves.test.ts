// Tests the picture of how inputs move the offers between which a choice lies.
import { describe, expect, it } from 'vitest'
import type { ReportData } from '../../../src/present/report/data.ts'
import { movesHtml } from '../../../src/present/report/moves-html.ts'
import { movesPicture } from '../../../src/present/report/moves.ts'

const at = (value: number, se = 10) => ({ value, se })

function picture(
  offers: Readonly<Record<string, number>>,
  inputs: Readonly<Record<string, readonly (readonly [number, number])[]>>,
) {
  const names = Object.keys(offers)
  const cost = (mean: number) => ({ mean: at(mean), percentiles: { p80: at(1.1 * mean) } })
  const data = {
    figures: {
      summary: {
        currency: 'USD',
        months: Array.from({ length: 12 }, (_, m) => `2027-${String(m + 1).padStart(2, '0')}`),
        offers: Object.fromEntries(names.map((name) => [name, { bill: cost(offers[name]) }])),
        comparison: { measure: 'bill' },
      },
      moves: {
        offers: names,
        inputs: Object.entries(inputs).map(([input, all]) => ({ input, fifths: all.map(([low, high]) => [at(low), at(high)]) })),
      },
      drivers: [],
    },
  } as unknown as ReportData
  const found = movesPicture(data)
  if (!found) throw new Error('there is no picture')
  return found
}

const tied = { Flat: 428_000, Fin: 428_300, Zendesk: 426_000 }

describe('how inputs move the cost', () => {
  it('has one list of inputs for all tied offers, with the input that moves them the most differently as its finding', () => {
    const { title, rows, columns } = picture(tied, {
      conversations: [
        [401_600, 458_400],
        [401_800, 458_700],
        [391_800, 466_900],
      ],
      rate: [
        [428_000, 428_200],
        [400_300, 455_300],
        [392_100, 460_300],
      ],
    })
    expect(title).toBe(
      'The share that the AI resolves moves the bill of Zendesk by $68,000, of Fin by $55,000, and of Flat by less than 1%',
    )
    expect(columns.map((column) => column.title)).toEqual(['Flat', 'Fin', 'Zendesk'])
    expect(rows.map(({ name }) => name)).toEqual(['Number of conversations', 'Share that the AI resolves'])
    expect(rows[1].cells).toEqual([
      {},
      { bar: [expect.closeTo(-28_000 / 40_900, 9), expect.closeTo(27_000 / 40_900, 9)], ends: ['$400,000', '$455,000'] },
      { bar: [expect.closeTo(-33_900 / 40_900, 9), expect.closeTo(34_300 / 40_900, 9)], ends: ['$392,000', '$460,000'] },
    ])
  })

  it('leaves out an input that moves no offer by 1%, and one whose effect is within its error', () => {
    const inputs = { conversations: [[400_000, 456_000]], rate: [[426_000, 430_000]], spike: [[428_000, 428_000]] } as const
    expect(picture({ Fin: 428_000 }, inputs).rows.map(({ name }) => name)).toEqual(['Number of conversations'])
    expect(picture({ Fin: 428_000 }, inputs).title).toBe('The number of conversations moves the bill of Fin by $56,000')
    expect(() => picture({ Fin: 428_000 }, { rate: [[428_000, 428_000]] })).toThrow('no picture')
    expect(() => picture({ Fin: 100 }, { rate: [[90, 110]] })).toThrow('no picture')
  })

  it('says in words what the bars show, and escapes titles', () => {
    const html = movesHtml(
      picture(
        { '<b>Fin</b>': 428_000, Flat: 428_000 },
        {
          rate: [
            [400_000, 456_000],
            [428_000, 428_000],
          ],
        },
      ),
    )
    expect(html).not.toContain('<b>Fin</b>')
    expect(html).toContain(
      '<li>Share that the AI resolves: &lt;b&gt;Fin&lt;/b&gt; $400,000 to $456,000; Flat moves by less than 1%</li>',
    )
  })
})
