// Reads the numbers of each example's report, and compares those that state the same quantity: in sentences, tables, titles and words of
// charts, and in summary.json.
import { describe, expect, it } from 'vitest'
import { reportMarkdown } from '../../../src/present/report/markdown.ts'
import { amountsOf } from '../../../src/questions/compare/rounding.ts'
import { capital, sharesOutOf100 } from '../../../src/questions/compare/verdict-words.ts'
import { shortTitles } from '../../../src/questions/compare/verdict.ts'
import { thorough } from '../../effort.ts'
import { EXAMPLES, exampleReport } from './examples.ts'

const examples = thorough ? EXAMPLES : ['article/people', 'article/drift']

async function reportOf(example: string) {
  const { data, summary, titles } = await exampleReport(example, false)
  return { text: reportMarkdown(data).replaceAll('\\', ''), summary, titles }
}

/** Tables by the names of their columns: a row for each contract, by its name in small letters. */
function tablesOf(text: string): readonly { readonly head: string; readonly rows: ReadonlyMap<string, readonly string[]> }[] {
  return text.split(/\n\n/).flatMap((block) => {
    const [head, rule, ...lines] = block.split('\n')
    if (!rule?.startsWith('| :--')) return []
    const cells = (line: string) => line.slice(2, -2).split(' | ')
    return [
      { head: cells(head).join(', '), rows: new Map(lines.map((line) => [cells(line)[0].toLowerCase(), cells(line).slice(1)])) },
    ]
  })
}

describe.each(examples)('the report of %s', (example) => {
  it('states each quantity once, after rounding', async () => {
    const { text, summary, titles } = await reportOf(example)
    const { offers, comparison, verdict } = summary
    const names = Object.keys(offers)
    const short = shortTitles(names, titles)
    const { whole } = amountsOf(summary)
    const costOf = (name: string) => offers[name][comparison.measure]
    const budget = (name: string, p: 'p50' | 'p80' | 'p90' | 'p95') => whole.text(costOf(name).percentiles[p]?.value ?? Number.NaN)
    const odds = sharesOutOf100(names.map((name) => comparison.cheapest[name].value))
    const tables = tablesOf(text)
    const rowOf = (head: string, name: string) =>
      tables.find((own) => own.head.startsWith(head))?.rows.get(short[name].toLowerCase())
    let compared = 0
    for (const [k, name] of names.entries()) {
      const average = whole.text(costOf(name).mean.value)
      const [, p50, p80, p95, mean, cheapest] = rowOf('Offer, P5, Median', name) ?? []
      expect([p50, p80, p95, mean, cheapest]).toEqual([
        ...(['p50', 'p80', 'p95'] as const).map((p) => budget(name, p)),
        average,
        `${odds[k]} of 100`,
      ])
      expect(rowOf('contract, single-number plan', name)?.slice(1)).toEqual([
        average,
        ...(['p50', 'p80', 'p90', 'p95'] as const).map((p) => budget(name, p)),
      ])
      if (names.length > 1) {
        expect(rowOf('contract, cheapest in', name)?.[0]).toBe(odds[k])
        expect(text).toContain(`${short[name]} ${odds[k]}%`)
      }
      compared += 1
    }
    expect(compared).toBe(names.length)

    // The budget of the verdict, in its sentences, the first fact, the bars' title, the months and the S-curve.
    const { offer = '' } = verdict ?? {}
    expect(text).toContain(`### Budget ${budget(offer, 'p80')} for `)
    expect(tables.find(({ head }) => head.startsWith('Budget, How likely'))?.rows.has(budget(offer, 'p80').toLowerCase())).toBe(
      true,
    )
    for (const [, amount] of text.matchAll(/Budget (\$[\d,]+) \(P80\)/g)) expect(amount).toBe(budget(offer, 'p80'))
    for (const [, who, amount] of text.matchAll(/(?:^|\n)- (.+?) needs the smallest budget: (\$[\d,]+)/g))
      expect([who, amount]).toEqual([capital(short[offer]), budget(offer, 'p80')])
    const all = tables.flatMap(({ head, rows }) => (/^(month|year), /.test(head) ? [[...rows.values()].at(-1) ?? []] : []))[0]
    expect(all.slice(-2)).toEqual([whole.text(costOf(offer).mean.value), budget(offer, 'p80')])
    const enough = [...text.matchAll(/(?:would be|plan for .*? is) enough in (less than 1|more than 99|\d+) of 100/g)].map(
      ([, share]) => share,
    )
    expect(enough.length).toBeGreaterThan(0)
    expect(new Set(enough).size).toBe(1)

    // The verdict is that of summary.json, and its odds are those of the tables.
    expect(text).toContain(verdict?.sentences.join(' ') ?? 'a verdict')
    for (const [, share] of verdict?.sentences.join(' ').matchAll(/cheapest in (more than 99|\d+) of 100/g) ?? [])
      expect(odds[names.indexOf(offer)]).toBe(share)

    // A cost that is certain holds in all trials, everywhere.
    if (costOf(offer).sd.value === 0) {
      expect(text).not.toMatch(/In (80|95) of 100|worst 5%|holds in (50|80|90|95) of 100 (trials|simulated)/)
      expect(enough[0]).toBe('100')
    }

    // Sums and differences are those of the amounts shown.
    const amount = (found = '') => Number(found.replace(/[$,]/g, ''))
    const [, alone, together] = /the same months cost (\$[\d,]+)\. With .* come to (\$[\d,]+)\./.exec(text) ?? []
    const [, saved] = / saves (\$[\d,]+) on average/.exec(text) ?? []
    if (saved) expect(amount(alone) - amount(together)).toBe(amount(saved))
    if (together && comparison.measure === 'total') expect(together).toBe(whole.text(costOf(offer).mean.value))
    for (const [, minus, more, less] of text.matchAll(/the difference is (-?\$[\d,]+) on average: (\$[\d,]+) minus (\$[\d,]+)/g))
      expect(amount(more) - amount(less)).toBe(amount(minus))
  })
})
