// Rules that every kind of chart keeps: at each width, with many offers, many months and one, and with names that are long, wide or hostile.
import { describe, expect, it } from 'vitest'
import type { Chart } from '../../../src/present/charts/chart.ts'
import { ANSWER_CHARTS, type ChartKind, RUN_CHARTS } from '../../../src/present/charts/kinds.ts'
import { simulate } from '../../simulate.ts'
import { answerCharts } from './answers.ts'
import { overlapping, textsOf } from './texts.ts'

const few = { trials: 2_048 }
const WIDTHS = [320, 500, 536, 740, 1120]
/** Pictures with cells or a plot of one size may be smaller than their room. */
const OWN_SIZE: ReadonlySet<string> = new Set(['pairwise', 'quantiles', 'distributions', 'experts', 'break-even'])
/** A cell holds "100%", so that twelve offers need more room than a phone has. */
const CELLS = 12
/** Bars of amounts, counts and shares start at 0. */
const FROM_ZERO = [
  'layers',
  'cheapest',
  'parts',
  'segments',
  'segment-risk',
  'ledger',
  'information',
  'diff',
  'pit',
  'definitions',
  'funnel',
  'histogram',
  'portfolio',
]

interface Case {
  readonly offers: readonly string[]
  readonly months: number
  readonly titles?: readonly string[]
}

const names = (count: number) => Array.from({ length: count }, (_, k) => `offer-${k + 1}`)
const CASES: Readonly<Record<string, Case>> = {
  'three offers and a year': { offers: ['fin', 'per-conversation', 'zendesk'], months: 12 },
  'twelve offers': { offers: names(12), months: 12 },
  '36 months': { offers: names(3), months: 36 },
  'one offer and one month': { offers: ['fin'], months: 1 },
  'long names': { offers: ['w', 'm', 'x'].map((letter) => letter.repeat(60)), months: 12 },
  'hostile and wide titles': {
    offers: names(3),
    months: 4,
    titles: [
      '<script>alert(1)</script> & "more"',
      '東京サポートセンターの長い契約の名前です',
      `${'Very long words '.repeat(8)}, and more`,
    ],
  },
}

const charge = (k: number) =>
  k % 3 === 0
    ? [
        { meter: 'resolutions', commitment: '700/month', price: 1 + 0.02 * k, overage: 1.5 },
        { seats: 3, price: '$29/month' },
      ]
    : [{ meter: k % 3 === 1 ? 'conversations' : 'resolutions', price: 0.6 + 0.05 * k }]

const shared = ({ months }: Case) => ({ start: '2027-01', months, resolution: { rate: '60% to 72%' } })
const offersOf = ({ offers, titles }: Case) =>
  Object.fromEntries(offers.map((name, k) => [name, { ...(titles && { title: titles[k] }), charges: charge(k) }]))

/** Three experts, and people on the payroll. */
const general = (own: Case) => ({
  ...shared(own),
  conversations: {
    base: {
      experts: [
        { name: own.titles?.[1] ?? 'support lead', p10: 800, p50: 1_000, p90: 1_300 },
        { name: 'finance', p10: 900, p90: 1_200 },
      ],
    },
    noise: { cv: 0.1 },
  },
  human: { staff: { pay: '$5k/month', minutes: 10, hours: '150/month', attrition: '3%/month', shortfall: '$7' } },
  offers: offersOf(own),
})
const segmented = (own: Case) => ({
  ...shared(own),
  segments: Object.fromEntries(
    ['chat', 'email', 'a-segment-with-quite-a-long-name'].map((name, k) => [
      name,
      { conversations: { base: `${600 - 90 * k} to ${900 - 100 * k}` } },
    ]),
  ),
  offers: offersOf(own),
})
const switched = (own: Case) => ({
  ...shared(own),
  conversations: { base: '900 to 1100' },
  offers: {
    [own.offers[0]]: {
      ...(own.titles && { title: own.titles[0] }),
      parts:
        own.months > 2
          ? { old: { until: '2027-02', charges: charge(1) }, new: { from: '2027-03', charges: charge(2) } }
          : { old: { charges: charge(1) }, new: { charges: charge(2) } },
      ...(own.months <= 2 && { traffic: { new: 0.5 } }),
    },
  },
})

/** Every chart of a run, by kind. */
async function runCharts(own: Case): Promise<Map<string, Chart>> {
  const [all, bySegment, byPart] = await Promise.all(
    [general(own), segmented(own), switched(own)].map((plan) => simulate(plan, few)),
  )
  const [offer] = own.offers
  const rate = 'resolution.rate'
  const asked: Readonly<Record<ChartKind, readonly string[]>> = {
    ...{ bars: [], 's-curves': [], distributions: [], cheapest: [], pairwise: [], layers: [], monthly: [] },
    ...{ fan: [offer], 's-curve': [offer], quarters: [offer], heads: [offer], ledger: [offer] },
    ...{ parts: [offer], segments: [offer], 'segment-risk': [offer] },
    ...{ 'break-even': [rate], acceptability: [rate], winners: [rate, 'conversations'] },
    ...{ convergence: ['p80', offer], experts: ['conversations.base'] },
  }
  const of = (kind: ChartKind) => (kind === 'parts' ? byPart : kind === 'segments' || kind === 'segment-risk' ? bySegment : all)
  return new Map((Object.keys(RUN_CHARTS) as ChartKind[]).map((kind) => [kind, of(kind).chart(kind, ...asked[kind])]))
}

const MONTH = /^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}$/

/** What a drawing gets wrong, in words. */
async function faultsAt(kind: string, chart: Chart, width: number): Promise<string[]> {
  const svg = await chart.at(width).toSVG()
  const texts = textsOf(svg)
  const own = Number(/ width="([\d.]+)"/.exec(svg)?.[1])
  const names = texts.filter(({ text }) => MONTH.test(text))
  const panels = svg.match(/role-frame/g)?.length ?? 1
  const faults = [
    ...overlapping(texts).map((pair) => `${pair} overlap`),
    ...texts.filter(({ size }) => size < 11).map(({ text }) => `"${text}" is smaller than 11 pixels`),
    ...texts.filter(({ rotated }) => rotated).map(({ text }) => `"${text}" is rotated`),
    ...texts.filter(({ left, right }) => left < -1 || right > own + 1).map(({ text }) => `"${text}" is cut off`),
    ...texts.filter(({ text }) => /^\d{4}-\d{2}$/.test(text)).map(({ text }) => `"${text}" is no name of a month`),
    ...(names.length > Math.max(1, panels) * (width < 440 ? 3 : 5) ? [`${names.length} months have names`] : []),
    ...(/role-legend/.test(svg) ? ['it has a legend'] : []),
    ...(/<script|<b>/.test(svg) ? ['it has markup of a name'] : []),
    ...(own === width || (OWN_SIZE.has(kind) && own <= Math.max(width, kind === 'pairwise' ? 30 * CELLS + 150 : 0) + 10)
      ? []
      : [`it is ${own} pixels wide`]),
    ...(FROM_ZERO.includes(kind) && !texts.some(({ text }) => /^(\$0|0|0%|0k)$/.test(text))
      ? ['its axis does not start at 0']
      : []),
  ]
  return faults.map((fault) => `${kind} at ${width}: ${fault}`)
}

const faultsOf = async (all: ReadonlyMap<string, Chart>, widths: readonly number[]): Promise<string[]> =>
  (await Promise.all([...all].flatMap(([kind, chart]) => widths.map((width) => faultsAt(kind, chart, width))))).flat()

describe('every chart of a run', () => {
  it.each(Object.keys(CASES))('keeps its texts apart, whole, level and large enough: %s', async (name) => {
    const widths = name === 'three offers and a year' ? WIDTHS : [320, 536]
    expect(await faultsOf(await runCharts(CASES[name]), widths)).toEqual([])
  })
  it('names each offer by its title', async () => {
    const titled = { offers: ['idone', 'idtwo', 'idthree'], titles: ['First deal', 'Second deal', 'Third deal'], months: 12 }
    for (const [kind, chart] of await runCharts(titled)) {
      const words = [chart.title, chart.subtitle, chart.description, ...textsOf(await chart.toSVG()).map(({ text }) => text)].join(
        ' ',
      )
      expect(words, kind).not.toMatch(/id(one|two|three)/)
      if (kind !== 'experts') expect(words, kind).toMatch(/(first|second|third) deal/i)
    }
  })
  it('says what it measures, in which unit and for which period, and where its figures come from', async () => {
    for (const [kind, { subtitle, source, description }] of await runCharts(CASES['three offers and a year'])) {
      expect(subtitle, kind).toMatch(kind === 'experts' ? /distribution/ : /January to December 2027/)
      if (kind !== 'experts') expect(source, kind).toMatch(/^Source: billcast, .*; [\d,]+ simulated years$/)
      expect(description.length, kind).toBeGreaterThan(20)
    }
  })
})

describe('every chart of an answer', () => {
  it.each([
    ['usual names', ['fin', 'zendesk', 'flat'], 'tickets.csv'],
    ['twelve offers and a long name', names(12), 'contacts of all channels and countries, as exported.csv'],
    ['names that are long, wide and hostile', ['w'.repeat(60), 'm'.repeat(60)], '東京サポートセンター<b>x</b>のとても長い名前'],
  ] as const)('keeps its texts apart, whole, level and large enough: %s', async (_, offers, named) => {
    const all = await answerCharts(offers, named)
    expect(Object.keys(all).sort()).toEqual(Object.keys(ANSWER_CHARTS).sort())
    expect(await faultsOf(new Map(Object.entries(all)), offers.length === 3 ? WIDTHS : [320, 536])).toEqual([])
    for (const [kind, { subtitle }] of Object.entries(all)) expect(subtitle, kind).toMatch(/\w/)
  })
})

describe('the checks of these rules', () => {
  const svg = (texts: string) => `<svg width="100" height="50"><g transform="translate(10,20)">${texts}</g></svg>`
  const text = (words: string, x: number, more = '') =>
    `<text transform="translate(${x},0)${more}" font-size="12px">${words}</text>`
  it('see texts that cover each other, and not those beside each other', () => {
    expect(overlapping(textsOf(svg(text('long words', 0) + text('others', 20))))).toEqual(['"long words" and "others"'])
    expect(overlapping(textsOf(svg(text('one', 0) + text('two', 40))))).toEqual([])
  })
  it('see a text that is rotated, and take one with a halo for one', () => {
    expect(textsOf(svg(text('a', 0, ' rotate(-30,0,0)')))[0].rotated).toBe(true)
    expect(textsOf(svg(text('a', 0) + text('a', 0)))).toHaveLength(1)
  })
})
