// Tests that charts hold the figures, can be drawn without a browser, and display themselves in notebooks.
import { describe, expect, it } from 'vitest'
import { informationOf as valueOfInformation } from '../../../src/questions/explain/information.ts'
import { pilotOf as pilot } from '../../../src/questions/explain/pilot.ts'
import { sensitivityOf as sensitivity } from '../../../src/questions/explain/sensitivity.ts'
import type { Chart } from '../../../src/present/charts/chart.ts'
import { charts } from '../../../src/present/charts/index.ts'
import { shortMoney } from '../../../src/present/charts/theme.ts'
import { portfolioOf } from '../../../src/questions/portfolio/portfolio.ts'
import { diffOf as diff } from '../../../src/questions/explain/diff.ts'
import { optimumOf as optimize } from '../../../src/questions/negotiate/optimize.ts'
import { sweep } from '../../setup/sweep.ts'
import type { ChartKind } from '../../../src/present/charts/kinds.ts'
import { chartPng as png } from '../../../src/platform/node/png.ts'
import { simulate } from '../../simulate.ts'
import { thorough } from '../../effort.ts'
import { likeItsPicture } from './picture.ts'

const reader = { read: () => Promise.reject(new Error('these scenarios read no files')) }
const scenario = {
  months: 3,
  conversations: { base: '900 to 1100', noise: { cv: 0.1 } },
  resolution: { rate: '70% to 90%' },
  offers: {
    fin: {
      charges: [
        { meter: 'resolutions', price: 0.99 },
        { seats: 2, price: '$29/month' },
      ],
    },
    quoted: { charges: [{ meter: 'conversations', price: 'uniform(0.7, 0.9)' }] },
    committed: { charges: [{ meter: 'resolutions', commitment: '800/month', price: 1, overage: 1.5 }] },
  },
  budget: { offer: 'fin', amount: 2_700 },
}
const few = { trials: 2_048 }
const run = simulate(scenario, few)

/** Every row of data in a specification. */
function rowsOf(node: unknown): Record<string, unknown>[] {
  if (Array.isArray(node)) return node.flatMap(rowsOf)
  if (typeof node !== 'object' || node === null) return []
  const { data, ...rest } = node as { data?: { values?: Record<string, unknown>[] } }
  return [...(data?.values ?? []), ...rowsOf(Object.values(rest))]
}

/** The names of all fields in a specification. */
function fieldsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(fieldsOf)
  if (typeof node !== 'object' || node === null) return []
  const { data: _, field, ...rest } = node as { data?: unknown; field?: unknown }
  return [...(typeof field === 'string' ? [field] : []), ...fieldsOf(Object.values(rest))]
}

const ofRun: readonly { readonly kind: ChartKind; readonly names: readonly string[] }[] = [
  { kind: 'bars', names: [] },
  { kind: 's-curves', names: [] },
  { kind: 'break-even', names: ['resolution.rate'] },
  { kind: 'fan', names: ['fin'] },
  { kind: 's-curve', names: ['fin'] },
  { kind: 'distributions', names: [] },
  { kind: 'cheapest', names: [] },
  { kind: 'pairwise', names: [] },
  { kind: 'layers', names: [] },
  { kind: 'monthly', names: [] },
  { kind: 'acceptability', names: ['resolution.rate'] },
  { kind: 'winners', names: ['resolution.rate', 'offers.quoted.price'] },
]

/** Heads who only leave by attrition, beside an AI that resolves most contacts from the third month on. */
const staffed = simulate(
  {
    start: '2027-01',
    months: 6,
    conversations: { base: '9000 to 11000' },
    resolution: { rate: '70%' },
    human: { staff: { pay: '$5k/month', minutes: 10, hours: '150/month', attrition: '3%/month', shortfall: '$7' } },
    offers: {
      fin: {
        involvement: [{ until: '2027-02', value: 0 }, { value: 1 }],
        charges: [{ meter: 'resolutions', price: 0.99 }],
      },
    },
  },
  few,
)

describe('heads on the payroll', () => {
  it('have the widest gap to the need in the title', async () => {
    const { title, spec } = (await staffed).chart('heads', 'fin')
    const rows = rowsOf(spec).filter(({ gap }) => gap !== undefined) as {
      month: string
      heads: number
      need: number
      p10: number
      p90: number
    }[]
    expect(rows).toHaveLength(6)
    // The need spreads by the volume, whose P10 and P90 are about a tenth from its mean.
    for (const { need, p10, p90 } of rows) {
      expect(p10 / need).toBeLessThan(0.97)
      expect(p90 / need).toBeGreaterThan(1.03)
    }
    // 11.1 heads, of whom 3% leave each month, for work that needs a third of them from March on.
    expect(rows[2].heads - rows[2].need).toBeGreaterThan(6)
    expect(title).toBe(`fin: ${(rows[2].heads - rows[2].need).toPrecision(3)} heads more than needed in Mar 2027`)
  })

  it('need a plan with people on the payroll', async () => {
    const result = await run
    expect(() => result.chart('heads', 'fin')).toThrow('chart heads: nobody is on the payroll in this plan')
    expect(() => result.chart('heads', 'none')).toThrow('there is no offer "none"')
  })
})

/** Three segments at two prices, and an offer that none of them moves. */
const segmented = simulate(
  {
    start: '2027-01',
    months: 3,
    conversations: { growth: '2%/month' },
    segments: {
      chat: { conversations: { base: '900 to 1100' } },
      email: { conversations: { base: '300 to 700' } },
      voice: { conversations: { base: '100 to 200', minutes: 4 } },
    },
    offers: {
      one: {
        charges: [
          { meter: 'conversations', of: ['chat', 'email'], price: 1 },
          { meter: 'minutes', of: 'voice', price: 0.5 },
        ],
      },
      fixed: { charges: [{ fee: '$2k/month' }] },
    },
  },
  few,
)

async function check(chart: Chart) {
  expect(chart.spec.$schema).toBe('https://vega.github.io/schema/vega-lite/v5.json')
  expect(chart.description.length).toBeGreaterThan(20)
  expect(JSON.stringify(chart)).not.toMatch(/NaN|Infinity|undefined/)
  expect(rowsOf(chart.spec).length).toBeGreaterThan(0)
  const svg = await chart.toSVG()
  expect(svg).toMatch(/^<svg/)
  // The drawing is not empty, and has a name for screen readers.
  expect(svg.match(/<path/g)?.length ?? 0).toBeGreaterThan(5)
  expect(svg).toContain('aria-label')
}

describe('charts of a run', () => {
  it.each(ofRun)('hold their data and are drawn: $kind', async ({ kind, names }) => check((await run).chart(kind, ...names)))

  it('hold its figures', async () => {
    const result = await run
    const { bill } = result.summary.offers.fin
    const months = rowsOf(result.chart('fan', 'fin').spec).filter(({ mean }) => mean !== undefined)
    expect(months.map(({ mean }) => mean)).toEqual(bill.monthly.map(({ mean }) => mean.value))
    expect(months.map(({ p95 }) => p95)).toEqual(bill.monthly.map(({ percentiles }) => percentiles?.p95?.value))
    const chances = rowsOf(result.chart('cheapest').spec)
    expect(chances.reduce((sum, { chance }) => sum + Number(chance), 0)).toBeCloseTo(1, 9)
    const parts = rowsOf(result.chart('layers').spec).filter(({ offer, amount }) => offer === 'fin' && amount !== undefined)
    expect(parts.reduce((sum, { amount }) => sum + Number(amount), 0)).toBeCloseTo(bill.mean.value, 6)
    const shares = rowsOf(result.chart('distributions').spec).filter(({ offer }) => offer === 'fin')
    expect(shares.reduce((sum, { share }) => sum + Number(share), 0)).toBeGreaterThan(0.98)
    const curve = rowsOf(result.chart('s-curve', 'fin').spec)
    expect(curve).toContainEqual(result.curve('fin')[49])
    expect(curve.some(({ label }) => String(label).startsWith('budget $2.7k'))).toBe(true)
  })

  it('take names with dots, brackets and quotes for data, never for the names of fields', async () => {
    const found = await sensitivity(scenario, { ...few, offer: 'fin' }, reader)
    const odd = `offers["fin"].charges[0].it's.odd`
    const inputs = Object.fromEntries(Object.values(found.inputs).map((input, k) => [k === 0 ? odd : `b.${k}`, input]))
    const tornado = charts.tornado({ ...found, inputs }, 'USD')
    for (const { spec } of [
      tornado,
      ...(await Promise.all(ofRun.map(async ({ kind, names }) => (await run).chart(kind, ...names)))),
    ])
      expect(fieldsOf(spec).filter((field) => !/^[a-z][a-z0-9]*$/i.test(field))).toEqual([])
    // Vega draws nothing for a field with such a name, and reports no error.
    expect(rowsOf(tornado.spec).some((row) => Object.values(row).includes(odd))).toBe(true)
    expect((await tornado.toSVG()).match(/aria-roledescription="bar"/g)).toHaveLength(2 * Object.keys(inputs).length)
  })

  it('name the missing argument', async () => {
    const result = await run
    expect(() => result.chart('fan')).toThrow('chart fan: expected the name of an offer, got nothing')
    expect(() => result.chart('fan', 'none')).toThrow('there is no offer "none"')
    expect(() => result.chart('pie' as ChartKind)).toThrow('chart: expected one of bars, s-curves')
  })

  it('display themselves in notebooks by a specification and a drawing, without HTML', async () => {
    const chart = (await run).chart('cheapest')
    const show = (chart as unknown as Record<symbol, () => Promise<Record<string, unknown>>>)[Symbol.for('Jupyter.display')]
    const bundle = await show.call(chart)
    expect(Object.keys(bundle)).toEqual(['application/vnd.vegalite.v5+json', 'image/svg+xml', 'text/plain'])
    expect(Object.keys(chart._toMime())).toEqual(['application/vnd.vegalite.v5+json', 'text/plain'])
    expect(`${chart}`).toContain('Probability of being the cheapest')
  })
})

describe('charts of segments', () => {
  it.each(['segments', 'segment-risk'] as const)('hold their data and are drawn: %s', async (kind) =>
    check((await segmented).chart(kind, 'one')),
  )

  it('hold the figures of the summary', async () => {
    const result = await segmented
    const { segments = {}, bill } = result.summary.offers.one
    const bars = rowsOf(result.chart('segments', 'one').spec)
    for (const [m, { mean }] of bill.monthly.entries()) {
      const own = bars.filter(({ month, segment }) => month === result.summary.months[m] && segment !== undefined)
      expect(own.reduce((sum, { amount }) => sum + Number(amount), 0)).toBeCloseTo(mean.value, 9)
    }
    const shares = rowsOf(result.chart('segment-risk', 'one').spec)
    for (const part of ['mean bill', 'variance', 'worst 5% of trials'])
      expect(shares.reduce((sum, own) => sum + (own.part === part ? Number(own.share) : 0), 0)).toBeCloseTo(1, 12)
    expect(shares).toContainEqual(expect.objectContaining({ segment: 'email', share: segments.email.risk.variance?.value }))
  })

  it('name the segments with the most, and add up the others', async () => {
    const segments = Object.fromEntries(
      Array.from({ length: 12 }, (_, k) => [`s${k}`, { conversations: { base: `${100 + k} to ${150 + 9 * k}` } }]),
    )
    const plan = { months: 1, segments, offers: { one: { charges: [{ meter: 'conversations', price: 1 }] } } }
    const result = await simulate(plan, few)
    for (const kind of ['segments', 'segment-risk'] as const) {
      const rows = rowsOf(result.chart(kind, 'one').spec)
      expect([...new Set(rows.flatMap(({ segment }) => segment ?? []))]).toEqual([
        's11',
        's10',
        's9',
        's8',
        's7',
        's6',
        's5',
        '5 others',
      ])
    }
    const bars = rowsOf(result.chart('segments', 'one').spec).filter(({ segment }) => segment !== undefined)
    expect(bars.reduce((sum, { amount }) => sum + Number(amount), 0)).toBeCloseTo(result.summary.offers.one.bill.mean.value, 9)
  })

  it('say that a bill does not vary', async () => {
    const chart = (await segmented).chart('segment-risk', 'fixed')
    expect(chart.title).toBe('The bill of fixed does not vary')
    expect(rowsOf(chart.spec).some(({ part }) => part === 'variance')).toBe(false)
  })

  it('need a plan with segments', async () => {
    const result = await run
    expect(() => result.chart('segments', 'fin')).toThrow('chart segments: this plan has no segments')
    expect(() => result.chart('segment-risk', 'fin')).toThrow('chart segment-risk: this plan has no segments')
    expect(() => result.chart('segment-risk', 'none')).toThrow('there is no offer "none"')
  })
})

describe('charts of a portfolio', () => {
  const plans = Object.fromEntries(
    ['retail', 'bank', 'travel'].map((name, k) => [
      name,
      {
        scenario: { ...scenario, conversations: { base: `${300 * (k + 1)} to ${500 * (k + 1)}` }, budget: undefined },
        offer: 'fin',
      },
    ]),
  )
  const found = portfolioOf({ portfolio: 'Group', plans }, reader, few)

  it('show the budget of each plan', async () => check(charts.portfolio(await found)))
  it('show what one budget saves', async () => check(charts.diversification(await found)))
})

describe('charts of analyses and further runs', () => {
  it('show the sensitivity as a tornado', async () =>
    check(charts.tornado(await sensitivity(scenario, { ...few, offer: 'fin' }, reader), 'USD')))
  it('show the value of information as bars', async () =>
    check(charts.information(await valueOfInformation(scenario, few, reader), 'USD')))
  it('show the worth of pilots by their size', async () =>
    check(charts.pilot(await pilot(scenario, { ...few, input: 'resolution.rate' }, reader), 'USD')))
  it.runIf(thorough)('show the cost against a commitment as a curve', async () => {
    const vary = { 'offers.committed.charges[0].commitment': [500, 1_200] as const }
    const found = await optimize(scenario, { ...few, offer: 'committed', minimize: 'mean', vary }, reader)
    await check(charts.commitment(found, 'USD'))
  })
  it('show a diff as bars that lead from one plan to the other', async () => {
    const next = { ...scenario, conversations: { base: '1000 to 1200', noise: { cv: 0.1 } }, resolution: { rate: '75% to 90%' } }
    const chart = charts.diff(await diff(scenario, next, reader, few), 'fin', 'USD')
    await check(chart)
    const bars = rowsOf(chart.spec)
    expect(bars[bars.length - 1].high).toBeCloseTo(Number(bars[bars.length - 2].high), 6)
    expect(() => charts.diff({ method: 'shapley', offers: {}, changes: [] }, 'fin', 'USD')).toThrow(
      'expected an offer of both plans (), got "fin"',
    )
  })
})

it('a sweep of two fields becomes a map', async () => {
  const table = await sweep(scenario, { 'resolution.rate': [0.6, 0.8], 'conversations.base': [900, 1_000, 1_100] }, reader, few)
  const chart = charts.sweep(table, 'fin', 'USD', 'p80')
  await check(chart)
  await likeItsPicture(await chart.toSVG(), 'sweep-map')
  const cells = rowsOf(chart.spec)
  expect(cells).toHaveLength(6)
  const own = [...(table.getChild('offer') ?? [])].flatMap((name, k) => (name === 'fin' ? [table.getChild('p80')?.get(k)] : []))
  expect(cells.map(({ cost }) => cost)).toEqual(own)
  expect(() => charts.sweep(table, 'nobody', 'USD')).toThrow('there is no offer "nobody" in the sweep')
})

it('a sweep of one field becomes a line for each offer, of costs or of odds', async () => {
  const prices = { 'offers.fin.charges[0].price': [0.6, 0.8, 1, 1.2] }
  const table = await sweep(scenario, prices, reader, few)
  const odds = charts.sweep(table, 'fin', 'USD', 'cheapest')
  await check(odds)
  const points = rowsOf(odds.spec).filter(({ value }) => value !== undefined)
  expect(points).toHaveLength(12)
  // The odds of the offers at one price add up to 1.
  for (const price of [0.6, 0.8, 1, 1.2])
    expect(points.filter(({ x }) => x === price).reduce((sum, { value }) => sum + Number(value), 0)).toBeCloseTo(1, 9)
  expect(odds.title).toMatch(/^fin is (clearly )?the most likely to be cheapest (if|at) /)
  const costs = charts.sweep(table, 'fin', 'USD')
  expect(costs.title).toMatch(
    /^Mean cost of fin: \$[\d.]+k? to \$[\d.]+k? as offers\.fin\.charges\[0\]\.price goes from 0\.6 to 1\.2$/,
  )
  // The price of fin moves no cost of another offer.
  expect(charts.sweep(table, 'committed', 'USD').title).toBe(
    'The mean cost of committed hardly depends on offers.fin.charges[0].price',
  )
  await expect(
    sweep(scenario, { ...prices, 'resolution.rate': [0.6], 'conversations.base': [900] }, reader, few).then((three) =>
      charts.sweep(three, 'fin', 'USD'),
    ),
  ).rejects.toThrow('expected a sweep of one field or two')
})

it('a title states no finding that its error could make: months that cost the same', async () => {
  const equal = { months: 12, conversations: { base: '900 to 1100' }, resolution: { rate: '70% to 90%' }, offers: scenario.offers }
  const { title } = (await simulate(equal, few)).chart('fan', 'fin')
  expect(title).toMatch(/^fin costs about the same in each month: \$\d+ on average$/)
  const twins = { ...equal, offers: { one: scenario.offers.fin, two: scenario.offers.fin } }
  expect((await simulate(twins, few)).chart('cheapest').title).toMatch(
    /^(one and two|two and one) are the cheapest about equally often$/,
  )
})

describe('a title states no finding that its error could make', () => {
  const twins = simulate({ ...scenario, budget: undefined, offers: { one: scenario.offers.fin, two: scenario.offers.fin } }, few)
  it('of two offers with the same costs', async () => {
    const result = await twins
    expect(result.chart('distributions').title).toMatch(/^(one and two|two and one) have about the same median cost: \$/)
    expect(result.chart('layers').title).toMatch(
      /^(one and two|two and one) cost the most beyond usage, commitment and overage: \$174$/,
    )
    expect(result.chart('acceptability', 'resolution.rate').title).toBe(
      'No offer is clearly the most likely to be cheapest at any resolution rate',
    )
    expect(result.chart('winners', 'resolution.rate', 'conversations.base').title).toBe(
      'No offer clearly has the lowest mean in any cell',
    )
  })

  it('in any chart of a run whose offers and segments cost the same', async () => {
    const equal = {
      ...{ start: '2027-01', months: 12, resolution: { rate: '70% to 90%' } },
      segments: { chat: { conversations: { base: '900 to 1100' } }, email: { conversations: { base: '900 to 1100' } } },
      offers: { one: scenario.offers.fin, two: scenario.offers.fin },
    }
    const result = await simulate(equal, few)
    const title = (kind: ChartKind, ...names: string[]) => result.chart(kind, ...names).title
    expect(title('bars')).toMatch(/^(One|one|Two|two) and (one|two) need about the same budget/i)
    expect(title('s-curves')).toMatch(/is enough for \w+ and \w+ in about \d+ of 100/)
    expect(title('break-even', 'resolution.rate')).toBe('No offer clearly has the lowest mean at any resolution rate shown')
    expect(title('pairwise')).toBe('No offer clearly costs less than each other one in most simulated years')
    expect(title('monthly')).toBe('No offer clearly costs least on average in any month')
    expect(title('fan', 'one')).toMatch(/about the same in each month/)
    expect(title('quarters', 'one')).toBe('No quarter of one clearly costs the most')
    expect(title('ledger', 'one')).toBe('Cash and expense are the same in every month')
    expect(title('segments', 'one')).toMatch(/^\w+ and \w+ each make up about 50% of the mean bill of one$/)
    expect(title('segment-risk', 'one')).toMatch(/^\w+ and \w+ each have about \d\d% of the variance of one$/)
  })

  it('of the sizes of a pilot, of a commitment and of one budget for many plans', () => {
    const size = (n: number, net: number) => ({ n, evsi: { value: net, se: 1 }, net: { value: net, se: 1 } })
    const pilotOfSizes = (...sizes: ReturnType<typeof size>[]) =>
      charts.pilot({ sizes, best: 100, unit: 'calls', words: 'Words.', input: 'rate', evppi: { value: 9, se: 1 } } as never, 'USD')
        .title
    expect(pilotOfSizes(size(100, 50), size(1_000, 20))).toBe('A pilot of 100 calls is worth most')
    expect(pilotOfSizes(size(100, 50), size(1_000, 49))).toBe('Pilots of 100 and 1,000 calls are worth most')
    expect(pilotOfSizes(size(100, 1), size(1_000, -5))).toBe('No pilot is clearly worth its cost')
    const point = (at: number, value: number) => ({ values: { a: at }, cost: { value, se: 1 } })
    const committed = (dearest: number) =>
      charts.commitment(
        {
          offer: 'fin',
          minimize: 'mean',
          best: { a: { value: 1, low: 1, high: 2 } },
          cost: { value: 50, se: 1 },
          curve: [point(1, 50), point(2, dearest)],
        } as never,
        'USD',
      ).title
    expect(committed(80)).toBe('fin has its lowest mean cost, $50, at 1')
    expect(committed(53)).toBe('The mean cost of fin hardly depends on the number')
    const group = (value: number) =>
      charts.diversification({
        ...{ currency: 'USD', measure: 'bill', diversification: { p80: { value, se: 10 } } },
        portfolio: { bill: { percentiles: { p80: { value: 500, se: 1 } } } },
      } as never).title
    expect([group(30), group(15), group(-30)]).toEqual([
      'One budget saves $30 at P80',
      'One budget clearly saves nothing at P80',
      'One budget needs $30 more at P80',
    ])
  })

  it('and one that it could not', async () => {
    const offers = { fin: scenario.offers.fin, dear: { charges: [{ meter: 'resolutions', price: 3 }, { fee: '$400/month' }] } }
    const result = await simulate({ ...scenario, offers }, few)
    expect(result.chart('distributions').title).toMatch(/^fin has the lowest median cost: \$/)
    expect(result.chart('layers').title).toBe('dear costs the most beyond usage, commitment and overage: $1.2k')
    expect(result.chart('acceptability', 'resolution.rate').title).toBe(
      'fin is the most likely to be cheapest at every resolution rate',
    )
    const { title } = result.chart('winners', 'resolution.rate', 'conversations.base')
    expect(title).toBe('fin clearly has the lowest mean in 64 of 64 cells')
  })

  const change = (path: string, value: number, se: number) => ({
    path,
    offers: { fin: { mean: { value, se }, p80: { value, se } } },
  })
  const figures = (value: number) => ({ mean: { value, se: 1 }, p80: { value, se: 1 } })
  const titleOf = (...changes: readonly ReturnType<typeof change>[]) =>
    charts.diff(
      { method: 'shapley', offers: { fin: { from: figures(100), to: figures(120), change: figures(20) } }, changes },
      'fin',
      'USD',
    ).title
  it('of the changes of a plan', () => {
    expect(titleOf(change('a', -30, 1), change('b', 50, 1))).toBe('b changes the cost of fin most: +$50')
    expect(titleOf(change('a', -46, 1), change('b', 49.9, 1))).toBe('b and a change the cost of fin about equally: +$49.9 and -$46')
    expect(titleOf(change('a', -1.9, 1), change('b', 0, 0))).toBe('No change clearly moves the cost of fin')
    expect(titleOf()).toBe('No change moves the cost of fin')
  })

  it('of what information is worth', () => {
    const worth = (value: number) =>
      charts.information({ best: 'fin', evpi: { value, se: 1 }, evppi: { rate: { value, se: 1 } }, words: 'Words.' }, 'USD').title
    expect(worth(2.1)).toBe('Full information before you sign fin is worth up to $2.1')
    expect(worth(1.9)).toBe('No information before you sign fin is clearly worth anything')
  })
})

it('a chart becomes a PNG at its scale', async () => {
  const chart = (await run).chart('cheapest')
  const [one, two] = [await png(chart, { scale: 1 }), await png(chart)]
  const size = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(16)
  expect([...two.subarray(1, 4)]).toEqual([80, 78, 71])
  expect(size(two) / size(one)).toBeCloseTo(2, 1)
  // The size shows that letters are drawn, which needs fonts.
  expect(two.byteLength).toBeGreaterThan(3_000)
  await expect(png(chart, { scale: 0 })).rejects.toThrow('scale: expected a number from 0.1 to 10, got 0')
})

it('money is short in titles', () => {
  expect([386_120, -1_234_567, 42, 999.6, 2.5e9].map((value) => shortMoney(value, 'USD'))).toEqual([
    '$386k',
    '-$1.23M',
    '$42',
    '$1k',
    '$2.5B',
  ])
  expect(shortMoney(10, 'CHF')).toBe('CHF 10')
})
