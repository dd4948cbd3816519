// Charges by functions of a program: they bill what the same contract in a plan bills, in every question, and refuse what they cannot do.
import {
  breakEven,
  check,
  compare,
  defineCharge,
  diff,
  fairPrice,
  invoice,
  reforecast,
  sensitivity,
  simulate as simulateOnThreads,
  sweep,
} from 'billcast'
import type { Scenario } from 'billcast'
import { describe, expect, it } from 'vitest'
import { identityOf } from '../../src/api/identity.ts'
import { planned, prepareScenario } from '../../src/api/run.ts'
import { submitScenario } from '../../src/platform/queue/submit.ts'
import { leversOf } from '../../src/present/report/levers.ts'
import { simulate } from '../simulate.ts'

const few = { trials: 1_024 }
const reader = { read: () => Promise.reject(new Error('these plans read no files')) }
const drivers = {
  start: '2027-01',
  months: 12,
  conversations: { base: '45k to 60k', noise: { cv: '8%' } },
  resolution: { rate: '60% to 70%' },
}

/** Blocks of 500 resolutions at $400, month by month. */
const blocks = defineCharge({
  id: 'blocks',
  version: 1,
  counts: 'resolutions',
  bill: ({ resolutions }) => resolutions.map((count) => 400 * Math.ceil(count / 500)),
  explain: ({ resolutions }) => `${Math.ceil(resolutions / 500)} blocks of 500`,
})
/** $0.90 up to 300,000 resolutions a year, and $0.50 beyond. */
const yearly = defineCharge({
  id: 'yearly',
  version: '2',
  label: 'resolutions by yearly tier',
  counts: ['resolutions'],
  bill({ resolutions }) {
    let [sum, due] = [0, 0]
    return resolutions.map((count) => {
      const before = due
      sum += count
      due = 0.9 * Math.min(sum, 300_000) + 0.5 * Math.max(0, sum - 300_000)
      return due - before
    })
  },
})
/** Units that the plan prices. */
const units = defineCharge({ id: 'units', version: 1, counts: 'conversations', bill: ({ conversations }) => conversations })
const fee = defineCharge({ id: 'fee', version: 1, counts: 'tickets', bill: (_, { months }) => months.map(() => 250) })
const both = defineCharge({
  id: 'both',
  version: 1,
  counts: ['resolutions', 'conversations'],
  bill: ({ resolutions, conversations }) => resolutions.map((count, k) => 0.5 * count + 0.1 * conversations[k]),
})

/** An offer by rules and the same in a plan. */
const alike = [
  ['packages', [blocks], [{ meter: 'resolutions', package: 500, price: 400 }]],
  [
    'tiers over a year',
    [yearly],
    [{ meter: 'resolutions', period: 'year', graduated: [{ to: 300_000, price: 0.9 }, { price: 0.5 }] }],
  ],
  [
    'an uncertain price with a discount and an escalator',
    [{ ...units, price: 'uniform(0.6, 0.8)', discount: '10%', escalator: '5%/year' }],
    [{ id: 'units', meter: 'conversations', price: 'uniform(0.6, 0.8)', discount: '10%', escalator: '5%/year' }],
  ],
  [
    'a fee in some months',
    [{ ...fee, layer: 'platform', from: '2027-03', until: '2027-08' }],
    [{ fee: 250, from: '2027-03', until: '2027-08' }],
  ],
  [
    'two meters',
    [both],
    [
      { meter: 'resolutions', price: 0.5 },
      { meter: 'conversations', price: 0.1 },
    ],
  ],
] as const

/** All numbers of an object with their paths. */
function numbersOf(node: unknown, path = ''): [string, number][] {
  if (typeof node === 'number') return [[path, node]]
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, item]) => numbersOf(item, `${path}.${key}`))
}

function expectAlike(one: unknown, other: unknown) {
  const expected = new Map(numbersOf(other))
  const found = numbersOf(one)
  expect(found.map(([path]) => path)).toEqual([...expected.keys()])
  for (const [path, value] of found) {
    const wanted = expected.get(path) ?? Number.NaN
    const scale = path.endsWith('.se') ? 1e-6 : 1e-10
    expect(Math.abs(value - wanted), path).toBeLessThanOrEqual(scale * Math.max(1, Math.abs(wanted)))
  }
}

describe('a rule that says the same as a charge of a plan', () => {
  it.each(alike)('has its figures and their errors: %s', async (_, rules, charges) => {
    const plan = (own: unknown) => ({ ...drivers, offers: { own: { charges: own, minimum: '$30k/quarter' } } })
    const options = { ...few, preintegration: false } as const
    const [one, other] = await Promise.all([simulate(plan(rules), options), simulate(plan(charges), options)])
    expectAlike(one.summary.offers.own.bill, other.summary.offers.own.bill)
    // A rule may bill anything, so that the error of a minimum that no trial needed is larger.
    const layers = ({ summary }: typeof one) => Object.entries(summary.offers.own.layers).map(([name, { value }]) => [name, value])
    expectAlike(layers(one), layers(other))
  })
})

const plan = {
  ...drivers,
  months: 3,
  offers: {
    own: { charges: [blocks] },
    priced: { charges: [{ ...units, price: '$0.70' }] },
    fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] },
  },
}

describe('a charge by a rule', () => {
  it('has a line with its label and its reason on the invoice', async () => {
    const certain = { conversations: 50_000, rate: 0.65 }
    const { lines, total } = await invoice(plan, 'own', certain)
    // 32,500 resolutions are 65 blocks.
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatchObject({
      charge: 'charges.blocks',
      line: 'blocks',
      layer: 'usage',
      amount: 26_000,
      why: '65 blocks of 500',
    })
    expect(lines[0]).not.toHaveProperty('price')
    expect(total).toBe(78_000)
    const priced = await invoice(plan, 'priced', certain)
    expect(priced.lines[0]).toMatchObject({
      quantity: 50_000,
      price: 0.7,
      amount: 35_000,
      why: '50,000 conversations, by the rule units (version 1)',
    })
  })

  it('stands in the answers of other questions, on the same trials', async () => {
    const result = await simulate(plan, few)
    expect(
      compare(result)
        .ranking.mean.map(({ offer }) => offer)
        .sort(),
    ).toEqual(['fin', 'own', 'priced'])
    expect(result.budget('own', 0.8).value).toBeGreaterThan(result.summary.offers.own.bill.mean.value)
    const table = await sweep(plan, { 'offers.priced.price': [0.7, 1.4] }, few)
    const means = [...table].filter(({ offer }) => offer === 'priced').map(({ mean }) => Number(mean))
    expect(means[1] / means[0]).toBeCloseTo(2, 12)
    const even = await breakEven(plan, 'offers.priced.price', ['priced', 'fin'], few)
    const fair = await fairPrice(plan, 'offers.priced.price', { against: 'fin', ...few })
    expect(fair.value).toBeCloseTo(even.value, 9)
    // 0.99 for each of 65% of conversations.
    expect(even.value).toBeCloseTo(0.99 * 0.65, 2)
    const { inputs } = await sensitivity(plan, { offer: 'own', ...few })
    expect(Object.keys(inputs)).toContain('resolution.rate')
  })

  it('bills closed months and those to come, as the same charge of a plan does', async () => {
    const offers = { own: plan.offers.own, same: { charges: [{ meter: 'resolutions', package: 500, price: 400 }] } }
    const noisy = { ...plan, resolution: { ...plan.resolution, noise: { sd: '2pt' } }, offers }
    const files = { 'closed.csv': 'month,conversations,resolutions\n2027-01,50000,32500\n' }
    const found = await reforecast(noisy, { actuals: 'closed.csv', files, ...few })
    expectAlike(found.offers.own, found.offers.same)
  })

  it('is exchanged as a whole in the difference of two plans', async () => {
    const own = (charge: object) => ({ ...plan, offers: { own: { charges: [charge] } } })
    const half = defineCharge({
      ...{ id: 'blocks', version: 2, counts: 'resolutions' },
      bill: ({ resolutions }) => resolutions.map((n) => 200 * Math.ceil(n / 500)),
    })
    const { changes, offers } = await diff(own(blocks) as never, own(half) as never, few)
    expect(changes.map(({ path }) => path)).toEqual(['offers.own.charges.blocks'])
    expect(changes[0].offers.own.mean.value / offers.own.from.mean.value).toBeCloseTo(-0.5, 10)
    expect((await diff(own(blocks) as never, own(blocks) as never, few)).changes).toEqual([])
  })

  it('splits a single meter between segments by use, and several by conversations', async () => {
    const segments = {
      chat: { conversations: { base: '9k to 11k' } },
      mail: { conversations: { base: '2k to 4k' }, resolution: { rate: '30%' } },
    }
    const { conversations: _, ...rest } = drivers
    const same = [{ meter: 'resolutions', price: 0.5 }]
    const half = defineCharge({
      id: 'half',
      version: 1,
      counts: 'resolutions',
      bill: ({ resolutions }) => resolutions.map((n) => 0.5 * n),
    })
    const run = (charges: unknown) =>
      simulate({ ...rest, months: 2, segments, offers: { own: { charges } } }, { ...few, preintegration: false })
    const [one, other] = await Promise.all([run([half]), run(same)])
    const means = ({ summary }: typeof one) => Object.values(summary.offers.own.segments ?? {}).map(({ bill }) => bill.mean.value)
    expect(means(one).map((mean, k) => mean / means(other)[k])).toEqual([expect.closeTo(1, 11), expect.closeTo(1, 11)])
    expect((await run([both])).summary.offers.own.segments).toBeDefined()
  })

  it('gives the same bits whatever the number of threads, and says why it takes one', async () => {
    const [one, three] = await Promise.all([1, 3].map((threads) => simulateOnThreads(plan, { trials: 65_536, threads })))
    expect(one.summary).toEqual(three.summary)
    expect(one.warnings).toContainEqual(
      expect.stringMatching(/^offers\.own\.charges\.blocks: the rule blocks \(version 1\) is a function of this program\./),
    )
    const large = await sweep(plan, { 'offers.priced.price': [0.7] }, { trials: 32_768, threads: 2 })
    expect(large.numRows).toBe(3)
  })

  it('joins the identity of a run by its id and version', async () => {
    const textOf = async (version: string) => {
      const prepared = await prepareScenario({ ...plan, offers: { own: { charges: [{ ...blocks, version }] } } }, few, reader)
      return identityOf(planned(prepared), '1.0.0', String).scenarioHash
    }
    const [one, two] = [await textOf('1'), await textOf('2')]
    expect(one).toContain('"rule":"blocks","version":"1"')
    expect(two).toBe(one.replace('"rule":"blocks","version":"1"', '"rule":"blocks","version":"2"'))
    expect(JSON.parse(one)).toBeTypeOf('object')
  })

  it('gives a report no sliders, since a page cannot hold its function', async () => {
    const { scenario } = await prepareScenario(plan, few, reader)
    expect(leversOf(plan, scenario)).toEqual([])
  })
})

describe('a rule that is wrong', () => {
  const offer = (bill: (count: Float64Array) => unknown, version = 1) =>
    simulate(
      {
        ...drivers,
        months: 3,
        offers: {
          own: {
            charges: [
              defineCharge({ id: 'odd', version, counts: 'resolutions', bill: ({ resolutions }) => bill(resolutions) as number[] }),
            ],
          },
        },
      },
      { trials: 1_024 },
    )
  it.each([
    ['NaN', (n: Float64Array) => n.map(() => Number.NaN), 'expected an amount of 0 or more, got NaN in 2027-01'],
    ['a negative amount', (n: Float64Array) => [0, -5, n[2]], 'expected an amount of 0 or more, got -5 in 2027-02'],
    ['infinity', (n: Float64Array) => [0, n[1], Infinity], 'expected an amount of 0 or more, got Infinity in 2027-03'],
    ['a text', () => [0, '5', 0], 'expected an amount of 0 or more, got "5" in 2027-02'],
    ['too few amounts', () => [1, 2], 'expected one amount for each of its 3 months, got 2'],
    ['a single amount', () => 7, 'expected one amount for each of its 3 months, got 7'],
    ['a promise', () => Promise.resolve([1, 2, 3]), 'expected one amount for each of its 3 months, got {}'],
    [
      'an error',
      () => {
        throw new RangeError('no such tier')
      },
      'its function threw: no such tier',
    ],
  ])('names its place, the month and the value: %s', async (_, bill, words) => {
    await expect(offer(bill)).rejects.toThrow(`offers.own.charges.odd (rule odd, version 1): ${words}`)
  })

  it('in some trials only is found too, after the point estimate', async () => {
    await expect(offer((n) => n.map((count) => (count > 40_000 ? Number.NaN : count)))).rejects.toThrow(
      /^offers\.own\.charges\.odd \(rule odd, version 1\): expected an amount of 0 or more, got NaN in 2027-0\d$/,
    )
  })

  it('depends on something else than its arguments', async () => {
    let calls = 0
    await expect(offer((n) => n.map(() => calls++))).rejects.toThrow(
      'expected the same amount for the same usage, got 0 and then 3 in 2027-01. A rule must depend on nothing but its arguments',
    )
  })

  it('may change the usage that it gets', async () => {
    const sorted = await offer((n) => n.sort().map((count) => count * 0.99))
    expect(sorted.summary.offers.own.bill.mean.value).toBeGreaterThan(0)
  })
})

describe('what cannot hold a rule says so', () => {
  const lost =
    /^offers\.own\.charges\[0\]\.bill: expected a function: a charge rule exists only in the program that states it with defineCharge/
  it('a file, and a plan as JSON', async () => {
    await expect(check(JSON.stringify({ ...plan, offers: { own: plan.offers.own } }))).rejects.toThrow(lost)
  })
  it('a queue', async () => {
    await expect(submitScenario(plan, few, {}, {} as never, {} as never)).rejects.toThrow(
      'submit: expected charges that the plan describes, since a charge by defineCharge is a function of this program, which no worker has',
    )
  })
  it('a thread of the program', () => expect(() => structuredClone(plan)).toThrow('could not be cloned'))

  it.each([
    [{ period: 'year' }, 'offers.own.charges[0].period: remove this key: a rule counts what `counts` says'],
    [{ term: { start: '2026-06' } }, 'offers.own.charges[0].term: remove this key: a rule bills the months of the plan'],
    [{ counts: ['chats'] }, 'offers.own.charges[0].counts: expected a meter'],
  ])('a key that makes no sense on it: %o', async (more, words) => {
    await expect(check({ ...drivers, offers: { own: { charges: [{ ...blocks, ...more }] } } } as never)).rejects.toThrow(words)
  })

  it('a limit in money, which must end exactly at its amount', async () => {
    const limited = { charges: [blocks, { meter: 'conversations', price: 0.1, limit: '$20k/month' }] }
    await expect(check({ ...drivers, offers: { limited } })).rejects.toThrow(
      'since usage must end exactly at the money limit, and a rule may jump',
    )
  })
})

describe('defineCharge', () => {
  it('knows the meters of its function, and its charge fits into a typed plan', () => {
    const typed = { ...plan, offers: { own: { charges: [{ ...blocks, from: '2027-02' }] } } } satisfies Scenario
    // @ts-expect-error: the rule does not count minutes
    const slip = defineCharge({ id: 'slip', version: 1, counts: 'resolutions', bill: ({ minutes }) => minutes })
    // @ts-expect-error: one amount is not an amount for each month
    const single = defineCharge({ id: 'single', version: 1, counts: 'resolutions', bill: () => 5 })
    expect([typed.offers.own.charges[0].rule, slip.rule, single.rule]).toEqual(['blocks', 'slip', 'single'])
  })

  const good = { id: 'a', version: 1, counts: 'resolutions', bill: () => [] }
  it.each([
    [{ ...good, id: '1a' }, 'defineCharge: id: expected a letter'],
    [{ ...good, version: '' }, 'defineCharge: version: expected a text or a number, such as \'1\', got ""'],
    [{ ...good, counts: [] }, 'defineCharge: counts: expected one meter or several'],
    [{ ...good, bill: 5 }, 'defineCharge: bill: expected a function that returns one amount for each month, got 5'],
    [{ ...good, label: '' }, 'defineCharge: label: expected a text'],
    [{ ...good, explain: 'words' }, 'defineCharge: explain: expected a function that returns a text'],
    [{ ...good, from: '2027-01' }, 'defineCharge: unknown key "from". Write the keys of a charge beside it'],
    [undefined, 'defineCharge: id: expected'],
  ])('refuses %o', (definition, words) => expect(() => defineCharge(definition as never)).toThrow(words))
})
