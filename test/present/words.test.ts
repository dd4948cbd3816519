// Tests the plan in words: nothing that a plan states is missing, and every charge has a sentence.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { chargeModels } from '../../src/contract/charges/index.ts'
import { type FieldRecord, KINDS } from '../../src/contract/field.ts'
import { statedPlan } from '../../src/present/words/plan.ts'
import { valueWords } from '../../src/present/words/value.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { fieldEntries, scenarioPlaces } from '../../src/scenario/places.ts'
import { noFiles } from '../../src/scenario/resolve/files.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'

const textOf = (data: unknown): string => {
  const { charges, inputs } = statedPlan(data)
  return [...charges, ...inputs].map(({ name, words, source = '' }) => `${name}: ${words} ${source}`).join('\n')
}

const chargeOf = (charge: object, offer: object = {}): string =>
  statedPlan({ offers: { one: { charges: [charge], ...offer } } }).charges[0].words

/** Fields that are names, and those that say how the run samples: their rows would say nothing. */
const SILENT = /^(name|run\..*|offers\.\*\.(parts\.\*\.)?(title|source|catalog|charges\.\*\.(id|meter)))$/

/** Two values of a field, in its notation, that no other field of the plan has. */
function marksOf({ kind, expected }: Pick<FieldRecord, 'kind' | 'expected'>): readonly [unknown, unknown] {
  if (kind === 'month') return ['2031-07', '2032-08']
  if (kind === 'flag') return [true, false]
  if (kind === 'choice') return [expected.split(', ')[0], expected.split(', ')[1] ?? 'another']
  if (KINDS[kind].reads.length === 0) return ['mark7', 'mark8']
  const unit = { rate: '%', change: '%', points: 'pt', shift: 'pt', amount: '', money: '' }[KINDS[kind].reads[0]]
  return [`73.25${unit}`, `74.5${unit}`]
}

function planted(keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys
  if (key === undefined) return value
  const inner = planted(rest, value)
  return key === '*' ? { chat: inner } : { [key]: inner }
}

/** A plan that states only this field. */
function planWith(pattern: string, value: unknown): unknown {
  const keys = pattern.split('.')
  const at = keys.indexOf('charges')
  if (keys[0] !== 'offers' || at < 0) return planted(keys, value)
  const charge = planted(keys.slice(at + 2), value) as object
  // Tiers and bundles are lists.
  const lists = Object.entries(charge).map(([key, own]) => [key, isTier(own) ? [Object.values(own as object)[0]] : own] as const)
  return planted(keys.slice(0, at), { charges: [{ ...Object.fromEntries(lists) }] })
}
const isTier = (own: unknown): boolean => typeof own === 'object' && own !== null && typeof Object.values(own)[0] === 'object'

describe('the plan in words', () => {
  const patterns = fieldEntries(scenarioPlaces()).filter(({ pattern }) => !SILENT.test(pattern))

  it('says every field of the registry', () => {
    expect(patterns.length).toBeGreaterThan(200)
    const missing = patterns.filter(({ pattern, field }) => {
      const [first, second] = marksOf(field).map((mark) => textOf(planWith(pattern, mark)))
      const shown = { month: /Jul 2031/, choice: /./, flag: /./, text: /mark7/i, list: /mark7/i }[field.kind as string] ?? /73\.25/
      return first === second || !shown.test(first)
    })
    expect(missing.map(({ pattern }) => pattern)).toEqual([])
  })

  it('has the sentence of every charge model, with every figure of its examples', () => {
    for (const { examples, model } of chargeModels.values())
      for (const { example } of examples) {
        const charge = parse(example) as Readonly<Record<string, unknown>>
        const words = chargeOf(charge)
        expect(words, `${model}: ${example}`).not.toMatch(/undefined|NaN| {2}/)
        for (const figure of example.match(/\d[\d.]*/g) ?? [])
          expect(words.replaceAll(',', ''), `${model}: ${example}`).toContain(String(Number(figure)))
      }
  })

  it('reads as a contract does', () => {
    expect(chargeOf({ meter: 'resolutions', price: '$0.99' })).toBe('$0.99 for each resolution.')
    expect(chargeOf({ meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' })).toBe(
      '30,000 resolutions a month at $1.50 = $45,000, used or not, then $2.00 each.',
    )
    expect(chargeOf({ meter: 'conversations', price: 'uniform($1.00, $3.50)', minimum: '$30k/year' })).toBe(
      '$1.00 to $3.50 (any value as likely as another) for each conversation, at least $30,000 a year.',
    )
    expect(chargeOf({ fee: '$12k/year' })).toBe('$12,000 a year, whatever the usage.')
    expect(chargeOf({ fee: '$20k', per: 'once' })).toBe('$20,000 once, whatever the usage.')
    expect(chargeOf({ seats: { perAgent: 600 }, price: '$115/month', minimum: 10 })).toBe(
      'One seat for every 600 conversations that people handle at $115 a month each, at least 10 seats.',
    )
    expect(
      chargeOf({
        meter: 'resolutions',
        graduated: [{ to: '10k', price: '$0.95' }, { to: '20k', price: '$0.90' }, { price: '$0.85' }],
      }),
    ).toBe('For each resolution, every slice at its own price: $0.95 up to 10,000, then $0.90 up to 20,000, then $0.85 beyond.')
    expect(chargeOf({ meter: 'sms', price: '€0.05' })).toBe('€0.05 for each unit of sms.')
  })

  it('joins the fields of a driver to a sentence, with its sources', () => {
    const { inputs } = statedPlan({
      conversations: { base: { value: '50k', source: 'ticket export' }, growth: '1%/month' },
      resolution: { rate: '60% to 70%', improvement: '1pt/month', ceiling: '85%', noise: { sd: '2pt' } },
      human: { cost: '$6' },
    })
    expect(inputs).toEqual([
      { name: 'Conversations', words: '50,000 a month at the start, growing 1% a month', source: 'ticket export' },
      { name: 'Resolution rate', words: '60% to 70% at the start, rising 1 point a month, never above 85%' },
      { name: 'Rate off plan', words: 'Standard deviation 2 points' },
      { name: 'People', words: '$6.00 for each contact that people handle' },
    ])
  })

  it('names the month in which fiscal years begin, and the discount of a year', () => {
    expect(statedPlan({ fiscalYearStart: 7, discountRate: '8%/year' }).inputs.map(({ words }) => words)).toEqual([
      'Begins in July',
      '8% a year',
    ])
  })

  it('has the charges of the catalog, with what the plan changes, and who published them', () => {
    const [{ words, source }] = statedPlan({
      offers: { fin: { catalog: 'fin', charges: { outcomes: { price: '$0.77' } } } },
    }).charges
    expect(words).toBe('$0.77 for each resolution.')
    expect(source).toMatch(/^Changed in the plan: outcomes\. Catalog: Intercom Help Center, [A-Z][a-z]{2} 20\d\d$/)
  })

  it('has a row for each part of a switch', () => {
    const parts = {
      old: { charges: [{ fee: '$500/month' }] },
      new: { from: '2027-05', charges: [{ meter: 'conversations', price: '$1' }] },
    }
    const { charges } = statedPlan({ offers: { change: { parts } } })
    expect(charges.map(({ name, words }) => [name, words])).toEqual([
      ['old in change', '$500 a month, whatever the usage.'],
      ['new in change', '$1.00 for each conversation.\nFrom May 2027 on.'],
    ])
  })

  it.each([
    ['45 to 60', 'quantity', '45 to 60'],
    [{ p10: '40k', p90: '65k' }, 'quantity', '40,000 to 65,000 (P10 to P90)'],
    ['-1%/month', 'change', '-1% a month'],
    ['1pt to 2pt', 'points', '1 point to 2 points'],
    [[{ until: '2027-03', value: '40%' }, { value: '85%' }], 'share', '40% until Mar 2027, then 85%'],
    ['normal(50k, 4k)', 'quantity', '50,000 on average (standard deviation 4,000)'],
    ['pert($1, $2, $4)', 'money', '$1.00 to $4.00 (most likely $2.00)'],
    ['discrete($1: 2, $3: 1)', 'money', 'one of $1.00 (weight 2), $3.00 (weight 1)'],
    ['what is this', 'money', 'what is this'],
  ] as const)('writes %j as %s in words', (written, kind, words) => {
    expect(valueWords(written, { kind }, { currency: 'USD' })).toBe(words)
  })
})

describe('the bills of a typical month', () => {
  it('bills the average volume at the rates of the first and the last month, to the whole percent', async () => {
    const plan = parse(readFileSync('examples/article/drift.yaml', 'utf8')) as object
    const offers = {
      fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] },
      zendesk: { charges: [{ meter: 'resolutions', commitment: '30k/month', price: '$0.88', overage: '$1.40' }] },
      yearly: { charges: [{ meter: 'conversations', price: '$0.10', minimum: '$120k/year' }] },
    }
    const data = { ...plan, offers }
    const { scenario } = await resolve(readScenario(data), noFiles)
    const { charges, month } = statedPlan(data, scenario)
    expect(month).toEqual({
      conversations: 50_000,
      months: [
        { month: '2027-01', rate: 0.65 },
        { month: '2027-12', rate: 0.76 },
      ],
    })
    // 32,500 and 38,000 resolutions. A minimum of $120,000 a year is $10,000 a month.
    const expected = [
      [32_175, 37_620],
      [30_000 * 0.88 + 2_500 * 1.4, 30_000 * 0.88 + 8_000 * 1.4],
      [10_000, 10_000],
    ]
    charges.forEach(({ bills = [] }, k) => bills.forEach((bill, at) => expect(bill).toBeCloseTo(expected[k][at], 6)))
    expect(charges.map(({ bills }) => bills?.length)).toEqual([2, 2, 2])
  })
})

describe('what the figures leave out', () => {
  const leftOut = async (plan: object): Promise<string | undefined> => {
    const data = { months: 1, conversations: { base: 1000 }, resolution: { rate: '60%' }, ...plan }
    return statedPlan(data, (await resolve(readScenario(data), noFiles)).scenario).notIncluded
  }
  const price = { meter: 'conversations', price: '$1' }

  it('is what the plan states nowhere', async () => {
    expect(await leftOut({ offers: { one: { charges: [price] } } })).toBe(
      'Taxes, seats, set-up fees, your own work to set up and run the AI, and the people who handle what the AI does not resolve. The plan states no amount for them.',
    )
  })

  it('is only taxes where any contract, or any part of one, states all else', async () => {
    const parts = {
      old: { charges: [price, { seats: 10, price: '$50' }], until: '2027-01' },
      new: { charges: [{ fee: '$20k', per: 'once' }], from: '2027-02' },
    }
    const offers = { switch: { parts }, other: { charges: [price], running: '$500/month' } }
    expect(await leftOut({ start: '2027-01', months: 2, human: { cost: '$6' }, offers })).toBe(
      'Taxes. The plan states no amount for them.',
    )
    const monthly = { charges: [price, { fee: '$100/month' }] }
    expect(await leftOut({ human: { cost: '$6' }, offers: { monthly } })).toMatch(/^Taxes, seats, set-up fees, and your own work/)
  })
})
