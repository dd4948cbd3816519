// Reads the page of each example's report: sentences, tables, charts with the tables behind them, and the data that the sliders start from.
// Numbers that state the same quantity must agree, and a finding must exceed its error.
import { beforeAll, describe, expect, it } from 'vitest'
import { formatMoney } from '../../../src/notation/money.ts'
import { shortMoney } from '../../../src/present/charts/theme.ts'
import { reportHtml } from '../../../src/present/report/page.ts'
import { type Amounts, amountsOf } from '../../../src/questions/compare/rounding.ts'
import { capital, sharesOutOf100 } from '../../../src/questions/compare/verdict-words.ts'
import { shortTitles } from '../../../src/questions/compare/verdict.ts'
import type { Cost, Estimate, Summary } from '../../../src/summary/summary.ts'
import { EXAMPLES, exampleReport } from './examples.ts'
import { amountsIn, type PageTable, type ReadPage, readPage } from './read-page.ts'

/** How the columns of tables state a cost. */
/** Letters of the words below a title. */
const MOST_WORDS = 90
const COLUMNS: Readonly<Record<string, (cost: Cost) => Pick<Estimate, 'value'> | undefined>> = {
  P5: ({ percentiles }) => percentiles.p5,
  Median: ({ percentiles }) => percentiles.p50,
  P50: ({ percentiles }) => percentiles.p50,
  P80: ({ percentiles }) => percentiles.p80,
  P90: ({ percentiles }) => percentiles.p90,
  P95: ({ percentiles }) => percentiles.p95,
  Average: ({ mean }) => mean,
  'Single-number plan': ({ point }) => ({ value: point }),
}

interface Offer {
  readonly name: string
  readonly title: string
  readonly cost: Cost
  /** Out of 100, in words. */
  readonly odds: string
}

interface Read {
  readonly page: ReadPage
  readonly summary: Summary
  readonly offers: readonly Offer[]
  readonly best: Offer
  readonly whole: Amounts
  /** The plan as it is written. */
  readonly plan: string
}

async function read(example: string): Promise<Read> {
  const { data, summary, titles, text } = await exampleReport(example, true)
  const { comparison } = summary
  const names = Object.keys(summary.offers)
  const short = shortTitles(names, titles)
  const odds = sharesOutOf100(names.map((name) => comparison.cheapest[name].value))
  const offers = names.map((name, k) => ({
    name,
    title: short[name],
    cost: summary.offers[name][comparison.measure],
    odds: odds[k],
  }))
  const best = offers.find(({ name }) => name === data.figures.best) ?? offers[0]
  return { page: readPage(await reportHtml(data)), summary, offers, best, whole: amountsOf(summary).whole, plan: text }
}

const isOf = (title: string, cell = ''): boolean => cell.toLowerCase() === title.toLowerCase()
const column = ({ head }: PageTable, name: string): number => head.findIndex((cell) => cell.toLowerCase() === name)
/** The number of an amount as tables write it. */
const numberOf = (cell = ''): number => Number(cell.replace(/[^\d.-]/g, ''))

/** Tables of figures as computed have their errors. */
const isExact = ({ rows }: PageTable): boolean => rows.some((row) => row.some((cell) => cell.includes('±')))

describe.each(EXAMPLES)('the page of %s', (example) => {
  let found: Read
  beforeAll(async () => {
    found = await read(example)
  })

  it('states the same cost of an offer in every table', () => {
    const { page, offers, whole, summary } = found
    let compared = 0
    for (const table of page.tables.filter(({ head }) => /^(offer|contract)$/i.test(head[0] ?? '')))
      for (const row of table.rows) {
        const offer = offers.find(({ title }) => isOf(title, row[0]))
        if (!offer) continue
        for (const [k, head] of table.head.entries()) {
          const figure = COLUMNS[head]?.(offer.cost)
          if (!figure) continue
          compared += 1
          if (isExact(table)) expect(row[k]).toContain(formatMoney(figure.value, summary.currency))
          else expect([table.head.join(), row[0], row[k]]).toEqual([table.head.join(), row[0], whole.text(figure.value)])
        }
        const odds = table.head.findIndex((head) => /^cheapest in/i.test(head))
        if (odds > 0) expect(row[odds]).toMatch(new RegExp(`^${offer.odds}( of 100)?$`))
      }
    // The table of the bars and that of the details have six figures of each offer.
    expect(compared).toBeGreaterThanOrEqual(10 * offers.length)
  })

  it('states them in the bars and in the data of the sliders', () => {
    const { page, offers, whole, summary } = found
    for (const { title, cost, odds } of offers) {
      const [p80, mean] = [whole.text(cost.percentiles.p80?.value ?? Number.NaN), whole.text(cost.mean.value)]
      const cheapest = offers.length > 1 ? ` cheapest in ${odds.replace('more than ', '>')} of 100` : ''
      // A few words on the charges may stand below the title.
      const bar = ` P80 ${p80} P80 ${p80} average ${mean}${cheapest}`
      const rows = page.text.split(`${capital(title)} `).slice(1)
      expect(
        rows.some((row) => row.indexOf(bar.trimStart()) >= 0 && row.indexOf(bar.trimStart()) < MOST_WORDS),
        bar,
      ).toBe(true)
    }
    const { island } = page
    if (!island) return
    for (const [k, { name, cost, odds }] of offers.entries()) {
      const own = island.answer.offers[k]
      expect([own?.name, own?.mean.text, own?.p80?.text, own?.odds.text]).toEqual([
        name,
        whole.text(cost.mean.value),
        whole.text(cost.percentiles.p80?.value ?? Number.NaN),
        odds,
      ])
      expect(island.figures.summary.offers[name]?.[summary.comparison.measure].percentiles).toEqual(cost.percentiles)
    }
    expect(island.answer.sentences).toEqual(summary.verdict?.sentences)
    expect(page.first).toContain(island.answer.sentences[0])
  })

  it('states no amount on the first screen that stands nowhere else', () => {
    const { page, offers, whole, plan, summary } = found
    const cells = page.tables.flatMap(({ rows }) => rows.flat()).join(' ')
    const figures = [...amountsIn(cells), ...amountsIn(plan)]
    const costs = (['mean', 'p80', 'shortfall'] as const).flatMap((key) =>
      offers.flatMap(({ cost: { mean, percentiles, expectedShortfall } }) => {
        const own = { mean, p80: percentiles.p80, shortfall: expectedShortfall?.p95 }[key]
        return own ? [{ key, value: whole.round(own.value) }] : []
      }),
    )
    const differences = costs.flatMap((a) =>
      costs.filter((b) => b.key === a.key).map((b) => whole.text(Math.abs(a.value - b.value))),
    )
    const known = new Set([...figures, ...differences])
    const sentences = page.first.split(/(?<=\.) (?=[A-Z])/)
    // Savings stand once: their own test compares them. A stated budget has the digits of the plan.
    const orphans = sentences
      .filter((words) => !/people|saves/.test(words))
      .flatMap((words) => amountsIn(words).filter((amount) => !known.has(amount)))
    expect(summary.budget ? [] : orphans).toEqual([])
  })

  it('takes sums and differences of the amounts shown', () => {
    const { page, best, whole, summary } = found
    const [, alone, together] = /the same months cost (\S+)\. With .*? come to (\S+)\./.exec(page.first) ?? []
    const [, saved] = / saves (\S+) on average/.exec(page.first) ?? []
    if (saved) expect(numberOf(alone) - numberOf(together)).toBe(numberOf(saved))
    if (together && summary.comparison.measure === 'total') expect(together).toBe(whole.text(best.cost.mean.value))
    for (const table of page.tables.filter(
      ({ head }) => head[0] === 'Month' && head.includes('Average') && head.includes('Budget'),
    )) {
      const [average, budget] = [column(table, 'average'), column(table, 'budget')]
      const all = table.rows[table.rows.length - 1] ?? []
      const months = table.rows.filter(([name]) => /^[A-Z][a-z]{2} \d{4}$/.test(name ?? ''))
      const sum = (k: number) => months.reduce((total, row) => total + numberOf(row[k]), 0)
      expect([sum(average), sum(budget)]).toEqual([numberOf(all[average]), numberOf(all[budget])])
    }
  })

  it('draws the figures that it states', () => {
    const { page, best, offers, summary } = found
    const p80 = shortMoney(best.cost.percentiles.p80?.value ?? Number.NaN, summary.currency)
    const labels = page.labels.filter((label) => label.startsWith('P80 '))
    for (const label of labels) expect(label).toBe(`P80 ${p80}`)
    if (best.cost.sd.value > 0 && summary.monthlyTrials > 0) expect(labels.length).toBeGreaterThan(0)
    const chances = page.charts.flatMap(({ tables }) => tables).filter(({ head }) => head.includes('Chance') && head[0] === 'Offer')
    for (const table of chances)
      for (const row of table.rows) {
        const offer = offers.find(({ title }) => isOf(title, row[0]))
        expect(Number(row[column(table, 'chance')])).toBeCloseTo(summary.comparison.cheapest[offer?.name ?? ''].value, 3)
        expect(page.labels).toContain(`${offer?.odds}%`)
      }
    expect(chances.length).toBe(offers.length > 1 ? 1 : 0)
    // Layers add up to the average, and so do months.
    for (const { tables } of page.charts)
      for (const table of tables) {
        const [of, layer, mean] = [column(table, 'offer'), column(table, 'layer'), column(table, 'mean')]
        const total = (rows: PageTable['rows'], k: number) => rows.reduce((sum, row) => sum + numberOf(row[k]), 0)
        if (table.head[0] === 'Month' && mean > 0) expect(total(table.rows, mean) / best.cost.mean.value).toBeCloseTo(1, 3)
        if (of === 0 && layer > 0)
          for (const { title, cost } of offers) {
            const amount = table.head.findIndex((head) => /amount|mean/i.test(head))
            expect(
              total(
                table.rows.filter(([name]) => isOf(title, name)),
                amount,
              ) / cost.mean.value,
            ).toBeCloseTo(1, 3)
          }
      }
  })

  it('states no finding in the title of a chart that its error could turn', () => {
    const { page, offers, summary, best } = found
    const titles = page.charts.map(({ title }) => title)
    const exceeds = (low: Estimate | undefined, high: Estimate | undefined) =>
      low !== undefined && high !== undefined && high.value - low.value > 2 * Math.hypot(low.se, high.se)
    const ofTitle = (title: string) => offers.find((own) => isOf(own.title, title))
    for (const title of titles) {
      const [, median] = /^(.+) has the lowest median cost/.exec(title) ?? []
      const lowest = median === undefined ? undefined : ofTitle(median)
      if (lowest)
        for (const other of offers.filter((own) => own !== lowest))
          expect(exceeds(lowest.cost.percentiles.p50, other.cost.percentiles.p50), title).toBe(true)
      const [, winner, share] = /^(.+) is the cheapest in (more than 99|\d+) of 100/.exec(title) ?? []
      const first = winner === undefined ? undefined : ofTitle(winner)
      if (first) {
        expect(share).toBe(first.odds)
        const odds = ({ name }: Offer) => summary.comparison.cheapest[name]
        for (const other of offers.filter((own) => own !== first)) expect(exceeds(odds(other), odds(first)), title).toBe(true)
      }
      const [, month] = /costs the most in ([A-Z][a-z]{2} \d{4}):/.exec(title) ?? []
      if (month !== undefined && best.cost.monthly.length > 1) {
        const [top, next] = best.cost.monthly.map(({ mean }) => mean).sort((a, b) => b.value - a.value)
        expect(exceeds(next, top), title).toBe(true)
      }
    }
    // The bars name one smallest budget only if the others are higher by more than 1% and two standard errors.
    const [, smallest] = /(\S+ needs the smallest budget: \S+) \(P80\) /.exec(page.text) ?? []
    const [low, next] = offers.flatMap(({ cost }) => cost.percentiles.p80 ?? []).sort((a, b) => a.value - b.value)
    if (next) expect(smallest !== undefined).toBe(exceeds(low, next) && next.value - low.value > 0.01 * next.value)
    expect(titles.length).toBeGreaterThan(0)
  })
})

it('the plan with people compares by total, in its scope, its table and its charts', async () => {
  const { page, summary, offers } = await read('article/people')
  expect(summary.comparison.measure).toBe('total')
  expect(page.text).toContain('Bill, people and running costs, January 2027')
  const total = offers.map(({ name }) => summary.offers[name].total.mean.value)
  expect(page.island?.answer.offers.map(({ mean }) => mean.exact.value)).toEqual(total)
})

it('the month whose costs are certain says so in every place', async () => {
  const { page } = await read('article/month')
  expect(page.text).toContain('The plan states no range: these amounts hold only if every figure comes true.')
  expect(page.first).toContain('It would be enough in 100 of 100 trials.')
  expect(page.text).not.toMatch(/(hold|holds in) (50|80|90|95) of 100 trials|worst 5%/)
  const [curve] = page.island?.answer.offers ?? []
  expect(curve?.points.every(({ amount }) => amount === curve.mean.exact.value)).toBe(true)
})
