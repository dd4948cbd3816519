// Contracts on which engine, invoice and oracle are compared: every charge, modifier and term by hand, and a generator of valid ones.
import fc from 'fast-check'
import type { Written } from './scenarios.ts'

const drivers = {
  conversations: {
    base: '50k',
    growth: '1%/month',
    seasonality: [0.96, 0.93, 0.98, 0.97, 0.98, 0.97, 0.96, 0.98, 1.0, 1.02, 1.12, 1.13],
    noise: { cv: '15%', autocorrelation: 0.5 },
    involvement: '90%',
    actions: 3,
  },
  resolution: { rate: '60% to 70%', improvement: '1pt/month', ceiling: '85%', noise: { sd: '4pt', autocorrelation: 0.7 } },
  human: { cost: '$6', uplift: '20%' },
}
const one = (charge: object, terms: object = {}) => ({ charges: [charge], ...terms })
const redo = [{ to: '20k', price: '$0.95' }, { to: '30k', price: '$0.90' }, { price: '$0.85' }]

export const everyContract: Readonly<Record<string, Written>> = {
  'every model by the month': {
    ...drivers,
    offers: {
      unit: one({ meter: 'resolutions', price: '$0.99' }),
      graduated: one({ meter: 'resolutions', graduated: redo }),
      'graduated-fees': one({
        meter: 'tickets',
        graduated: [
          { to: '30k', price: 0.1, fee: 100 },
          { to: '50k', price: 'uniform(0.05, 0.09)', fee: 'uniform(500, 900)' },
          { price: 0.05 },
        ],
      }),
      volume: one({
        meter: 'resolutions',
        volume: [{ to: '25k', price: '$1.00' }, { to: '33k', price: '$0.9', fee: 250 }, { price: '$0.80' }],
      }),
      package: one({ meter: 'conversations', package: 100, price: '$49' }),
      commitment: one({ meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' }),
      bundles: one({
        meter: 'tickets',
        bundles: [{ to: '40k', fee: '$500' }, { to: '52k', fee: '$1200' }, { fee: 'uniform(2000, 3000)' }],
      }),
      ratchet: one({
        meter: 'tickets',
        bundles: [
          { to: '45k', fee: '$500' },
          { to: '52k', fee: '$1200' },
          { to: '60k', fee: 2000 },
        ],
        ratchet: true,
      }),
      fee: { charges: [{ fee: '$49/month' }, { fee: '$20k/once' }, { fee: '$12k/year', paid: 'upfront', layer: 'management' }] },
      seats: {
        charges: [
          { seats: 40, price: '$115/month' },
          { seats: { perAgent: 600 }, price: '$115/month', minimum: 45, maximum: '$6k/month' },
        ],
      },
      credits: one({ credits: { conversations: 50, actions: 20 }, package: 1000, price: '$10', included: '3k/month' }),
      'credits-unit': one({ credits: { resolutions: 2, tickets: 0.5, escalations: 1 }, price: '$0.005' }),
    },
  },
  'longer periods, cut off by the horizon and by dates': {
    ...drivers,
    months: 19,
    offers: {
      graduated: one({
        meter: 'resolutions',
        period: 'year',
        graduated: [{ to: '200k', price: 1, fee: 900 }, { to: '350k', price: 0.8, fee: 500 }, { price: 0.6 }],
      }),
      volume: one({
        meter: 'resolutions',
        period: 'quarter',
        volume: [{ to: '70k', price: 1 }, { to: '90k', price: 0.85 }, { price: 0.8 }],
        from: '2027-03',
      }),
      package: one({ meter: 'conversations', package: 5000, price: 490, period: 'quarter', until: '2027-11' }),
      bundles: one({
        meter: 'tickets',
        period: 'quarter',
        bundles: [{ to: '120k', fee: 5000 }, { to: '160k', fee: 9000 }, { fee: 15_000 }],
        from: '2027-02',
        ratchet: true,
      }),
      commitment: one({
        meter: 'resolutions',
        commitment: '390k',
        period: 'year',
        price: 1,
        overage: 1.5,
        paid: 'upfront',
        from: '2027-04',
        until: '2028-05',
      }),
      ramp: one({
        meter: 'resolutions',
        commitment: [{ until: '2027-05', value: '300k/year' }, { until: '2028-02', value: '400k/year' }, { value: '500k/year' }],
        price: 1,
        overage: 1.5,
      }),
      'ramp-upfront': one({
        meter: 'resolutions',
        commitment: [{ until: '2027-05', value: '75k/quarter' }, { value: '100k/quarter' }],
        price: 'uniform(0.9, 1.1)',
        overage: 1.5,
        paid: 'upfront',
      }),
      dated: {
        charges: [
          { fee: '$12k/year', paid: 'upfront', from: '2027-03' },
          { fee: '$1k/once', from: '2027-06' },
          { seats: 12, price: '$900/quarter', paid: 'upfront', from: '2027-05', until: '2027-10' },
          { meter: 'actions', price: 0.1, from: '2028-03', until: '2028-03' },
        ],
      },
    },
  },
  'what is included, per seat, rolled over, pooled': {
    ...drivers,
    months: 16,
    offers: {
      plain: one({ meter: 'resolutions', price: 1, included: '30k/month' }),
      rolled: one({ meter: 'resolutions', price: 1, included: '33k/month', rollover: 3 }),
      pooled: one({ meter: 'resolutions', graduated: [{ to: 5000, price: 1, fee: 20 }, { price: 0.5 }], included: '380k/year' }),
      quarterly: one({
        meter: 'conversations',
        volume: [{ to: 5000, price: 1 }, { price: 0.7 }],
        included: '135k/quarter',
        rollover: 1,
        period: 'year',
      }),
      packages: one({ meter: 'tickets', package: 100, price: 36, included: '50k/month', rollover: 1 }),
      seats: {
        charges: [
          { seats: 300, price: '$55/month', from: '2027-03' },
          { seats: 2, price: 1 },
          { meter: 'resolutions', price: 2, included: { perSeat: 100 } },
        ],
      },
      needed: {
        charges: [
          { meter: 'resolutions', price: 2, included: { perSeat: 1000 }, rollover: 2 },
          { seats: { perAgent: 600 }, price: '$55/month' },
        ],
      },
      yearly: {
        charges: [
          { seats: 30, price: '$115/month' },
          { meter: 'resolutions', commitment: '120k/year', price: 1.5, overage: 2, included: { perSeat: '9600/year' } },
        ],
      },
      committed: one({ meter: 'resolutions', commitment: '25k/month', price: 1.5, overage: 2, included: 5000, rollover: 1 }),
    },
  },
  'floors, caps and discounts': {
    ...drivers,
    months: 15,
    offers: {
      fin: one({ meter: 'resolutions', price: 0.99, minimum: '32k/month' }),
      money: one({ meter: 'resolutions', price: 0.99, minimum: '$400k/year', discount: '10%' }),
      quantity: one({ meter: 'resolutions', price: 'uniform(0.9, 1.1)', minimum: '100k/quarter', discount: '5%', included: 1000 }),
      capped: one({ meter: 'resolutions', price: 0.99, maximum: '$95k/quarter', minimum: '$33k/month' }),
      both: one({
        meter: 'resolutions',
        graduated: redo,
        maximum: 'uniform(300000, 350000)/year',
        minimum: '$340k/year',
        discount: '2%',
      }),
      commitment: one({
        meter: 'resolutions',
        commitment: '30k/month',
        price: 1.5,
        overage: 2,
        maximum: '$52k',
        minimum: '$150k/quarter',
        layer: 'add-on',
      }),
      volume: one({ meter: 'resolutions', volume: [{ to: '32k', price: 1 }, { price: 0.8 }], maximum: 29_000, period: 'quarter' }),
      fees: {
        charges: [
          { fee: '$1k/month', discount: '50%' },
          { seats: 3, price: '$100/month', discount: '20%' },
        ],
      },
    },
  },
  'prices in the course of the years': {
    ...drivers,
    months: 30,
    offers: {
      scheduled: one({
        meter: 'resolutions',
        price: [{ until: '2027-06', value: '$0.99' }, { until: '2028-02', value: 'uniform(0.8, 0.9)' }, { value: '$0.89' }],
        minimum: '30k/month',
      }),
      escalated: {
        charges: [
          { meter: 'resolutions', graduated: redo, escalator: '7%/year', minimum: '$30k/month', maximum: '$33k/month' },
          { fee: '$12k/year', escalator: '5%' },
          { seats: 10, price: '$100/month', escalator: '3%/year' },
        ],
      },
      renewed: {
        charges: [
          { meter: 'resolutions', price: 0.99, escalator: '4%/year', minimum: '$380k/year' },
          { fee: [{ until: '2027-12', value: '$1k/month' }, { value: '$2k/month' }] },
        ],
        renewal: { month: 12, change: '-10% to 25%' },
        minimum: '$450k/year',
      },
      sure: one(
        { meter: 'resolutions', commitment: '360k/year', price: 1, overage: 1.4 },
        { renewal: { month: 7, change: '20%' } },
      ),
    },
  },
  limits: {
    ...drivers,
    months: 14,
    offers: {
      quantity: {
        charges: [
          { meter: 'resolutions', price: 0.99, limit: '30k/month' },
          { meter: 'conversations', price: 0.1 },
          { meter: 'actions', price: 0.01 },
          { meter: 'escalations', price: 0.2 },
          { meter: 'tickets', price: 0.05 },
        ],
      },
      quarter: one({ meter: 'conversations', price: 0.8, limit: '120k/quarter' }),
      money: {
        charges: [
          { meter: 'resolutions', price: 0.99, limit: '$30k/month', discount: '10%', maximum: '$25k/month' },
          { meter: 'actions', price: 0.01 },
        ],
      },
      year: one({ meter: 'resolutions', graduated: redo, limit: '$300k/year', included: '5k/month' }),
      several: {
        charges: [
          { meter: 'resolutions', price: 0.99, limit: '360k/year' },
          { meter: 'conversations', price: 0.1, limit: '45k/month' },
          { seats: { perAgent: 600 }, price: 100 },
        ],
      },
      credited: one(
        { meter: 'resolutions', price: 0.99, limit: '28k/month' },
        { counted: { unresolved: '5%', reopened: { share: '10%', lag: 2 } } },
      ),
      credits: one({ credits: { conversations: 50, actions: 20 }, package: 100_000, price: 500, limit: '5m/month' }),
      settled: one(
        { meter: 'resolutions', price: 0.99, limit: '30k/month' },
        { guarantee: { months: 6, notAbove: '67%', payment: '$1m' }, refund: { months: 3, below: '66%', maximum: '$50k' } },
      ),
    },
  },
  'terms of the whole': {
    ...drivers,
    months: 17,
    offers: {
      committed: {
        charges: [{ meter: 'resolutions', price: 0.99 }, { meter: 'conversations', price: 0.1 }, { fee: '$1k/month' }],
        minimum: '$450k/year',
      },
      upfront: {
        charges: [{ meter: 'resolutions', price: 0.99 }, { fee: '$1k/month' }],
        minimum: 'uniform(90000, 110000)/quarter',
        paid: 'upfront',
        renewal: { month: 7, change: '5%' },
      },
      refunded: {
        charges: [{ meter: 'resolutions', price: 0.99 }, { fee: '$1k/month' }, { fee: '$500/month', layer: 'add-on' }],
        refund: { months: 3, below: '65%', share: '50%', maximum: 'uniform(30000, 60000)' },
      },
      guaranteed: {
        charges: [{ meter: 'resolutions', price: 0.99 }],
        guarantee: { months: 12, notAbove: '71%', payment: 'uniform(0.5m, 1m)' },
      },
      late: {
        charges: [{ meter: 'resolutions', price: 0.99 }],
        guarantee: { months: 18, notAbove: '100%', payment: '$1m' },
        refund: { months: 20, below: '100%' },
      },
    },
  },
  'other currencies': {
    ...drivers,
    exchange: { EUR: 'normal($1.08, $0.06)', GBP: 1.27 },
    offers: {
      euro: {
        currency: 'EUR',
        charges: [{ meter: 'resolutions', price: 0.89, minimum: '€30k/month' }, { fee: 'uniform(900, 1100)' }],
        minimum: '400k/year',
        running: '$4k/month',
      },
      mixed: {
        charges: [
          { meter: 'resolutions', graduated: [{ to: '30k', price: '€0.89' }, { price: '€0.79' }] },
          { fee: '$1k/month' },
          { seats: 10, price: '£90/month' },
        ],
      },
      renewed: {
        currency: 'GBP',
        charges: [{ meter: 'resolutions', commitment: '30k/month', price: 1, overage: 2, limit: '40k/month' }],
        renewal: { month: 6, change: 'normal(5%, 2%)' },
        guarantee: { months: 3, notAbove: '80%', payment: '£1k' },
      },
    },
  },
}

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const meter = fc.constantFrom('conversations', 'tickets', 'resolutions', 'actions', 'escalations')
const counts = fc.oneof(
  { weight: 4, arbitrary: meter.map((name) => ({ meter: name })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ credits: { conversations: 50, actions: 20 } }, { credits: { resolutions: 2, tickets: 0.25 } }),
  },
)
const amounts: readonly (string | number)[] = [1, '$0.99', '€0.89', 'uniform(0.5, 2)', 'lognormal(2, 1)', 'discrete(1: 1, 2: 3)']
const price = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...amounts) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      [{ until: '2027-03', value: '$1' }, { value: 'uniform(0.5, 2)' }],
      [{ until: '2027-02', value: '€1' }, { until: '2027-12', value: '€2' }, { value: '€1.5' }],
    ),
  },
)
const period = fc.constantFrom('month', 'quarter', 'year')
const quantity = fc
  .tuple(fc.constantFrom('100', '30k', '400k'), optional(period))
  .map(([amount, per]) => (per ? `${amount}/${per}` : amount))
const cash = quantity.map((amount) => `$${amount}`)
const dates = fc.constantFrom({}, {}, {}, { from: '2027-03' }, { until: '2027-08' }, { from: '2027-02', until: '2028-01' })
const any = fc
  .record({
    dates,
    discount: optional(fc.constantFrom('10%', '33%')),
    escalator: optional(fc.constantFrom('7%/year')),
    layer: optional(fc.constantFrom('add-on', 'usage', 'overage')),
  })
  .map(({ dates: stated, ...rest }) => ({ ...stated, ...rest }))
const free = fc.constantFrom(
  {},
  {},
  { included: '20k/month' },
  { included: '1k', rollover: 2 },
  { included: '90k/quarter', rollover: 1 },
  { included: '400k/year' },
)
const capped = fc.record({ maximum: optional(cash), minimum: optional(cash) })
const limit = optional(fc.constantFrom('20k/month', '100k/quarter', '300k/year'))
const paid = optional(fc.constantFrom('monthly', 'upfront'))
const rising = (items: readonly unknown[], bounds: readonly unknown[]) =>
  items.map((item, k) => ({ ...(item as object), ...(k < items.length - 1 && { to: bounds[k] }) }))
const tiers = fc
  .tuple(
    fc.array(fc.record({ price, fee: optional(fc.constantFrom(100, 'uniform(50, 90)')) }), { minLength: 1, maxLength: 3 }),
    fc.constantFrom([100, 30_000], ['20k', '90k']),
  )
  .map(([all, bounds]) => rising(all, bounds))
const bundles = fc
  .tuple(fc.array(fc.record({ fee: price }), { minLength: 1, maxLength: 3 }), fc.constantFrom([100, 30_000], ['20k', '90k']))
  .map(([all, bounds]) => rising(all, bounds))
const merged = (...parts: readonly fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as Readonly<Record<string, unknown>>)
const own = (keys: Readonly<Record<string, fc.Arbitrary<unknown>>>) => fc.record(keys) as fc.Arbitrary<object>
const over = own({ period: optional(period) })

const anyCharge = fc.oneof(
  merged(counts, any, free, capped, over, own({ price, limit })),
  merged(counts, any, free, over, own({ price, minimum: optional(quantity) })),
  merged(counts, any, free, capped, over, own({ graduated: tiers, limit })),
  merged(counts, any, free, capped, over, own({ volume: tiers, limit })),
  merged(counts, any, free, capped, over, own({ package: fc.constantFrom(1, 100, 33_000), price })),
  merged(
    counts,
    any,
    free,
    capped,
    over,
    own({
      commitment: fc.oneof(quantity, fc.constant([{ until: '2027-04', value: '20k/month' }, { value: '30k/month' }])),
      price,
      overage: price,
      paid,
    }),
  ),
  merged(counts, any, capped, over, own({ bundles, ratchet: optional(fc.boolean()) })),
  merged(any, own({ fee: fc.constantFrom('$49/month', '$12k/year', '$20k/once', 'uniform(100, 200)', '€3k/quarter'), paid })),
  merged(any, own({ seats: fc.constantFrom(0, 40), price: fc.constantFrom('$115/month', '$1200/year', 'uniform(50, 150)'), paid })),
  merged(
    any,
    own({
      seats: fc.constantFrom({ perAgent: 600 }, { perAgent: 7 }),
      price: fc.constantFrom('$115/month', '€1200/year'),
      minimum: optional(fc.constantFrom(3, '$4k/month')),
    }),
  ),
)

const sensible = (charge: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const tickets = JSON.stringify([charge.meter, charge.credits]).includes('tickets')
  return tickets ? { ...charge, limit: undefined } : charge
}

const terms = own({
  minimum: optional(fc.constantFrom('$50k/month', '$400k/year', '€100k/quarter')),
  refund: optional(
    own({
      months: fc.integer({ min: 1, max: 16 }),
      below: fc.constantFrom('40%', '65%', '90%'),
      share: optional(fc.constantFrom('50%')),
      maximum: optional(fc.constantFrom('$10k', '€1m')),
    }),
  ),
  guarantee: optional(
    own({
      months: fc.integer({ min: 1, max: 16 }),
      notAbove: fc.constantFrom('40%', '65%', '90%'),
      payment: fc.constantFrom('$10k', 'uniform(1000, 2000)'),
    }),
  ),
  renewal: optional(own({ month: fc.integer({ min: 1, max: 16 }), change: fc.constantFrom('10%', '-10% to 25%') })),
  counted: optional(
    fc.constantFrom({ resolved: '95%' }, { unresolved: '5%', reopened: '3%' }, { reopened: { share: '20%', lag: 2 } }),
  ),
})
const offer = fc
  .tuple(fc.array(anyCharge.map(sensible), { minLength: 1, maxLength: 4 }), terms, optional(fc.constant('upfront')))
  .map(([charges, rest, paying]) => ({
    ...rest,
    charges,
    paid: 'minimum' in rest && rest.minimum !== undefined ? paying : undefined,
  }))

/** Limits of money stand beside charges that grow steadily with what the AI does. */
const steady = fc.constantFrom<object>(
  { meter: 'resolutions', price: 'uniform(0.5, 2)', limit: '$20k/month', discount: '10%' },
  {
    meter: 'conversations',
    graduated: [{ to: '5k', price: 1 }, { price: [{ until: '2027-04', value: 0.7 }, { value: 0.9 }] }],
    limit: '$60k/quarter',
  },
  { meter: 'actions', price: '€0.5', included: '5k/month', rollover: 1, limit: '€150k/year', from: '2027-02' },
  { credits: { escalations: 3, resolutions: 1 }, price: 0.5, maximum: '$9k', limit: '25k/month', until: '2027-11' },
)
const limited = fc
  .tuple(fc.array(steady, { minLength: 1, maxLength: 3 }), terms)
  .map(([charges, rest]) => ({ ...rest, charges: [...charges, { seats: { perAgent: 600 }, price: 100 }, { fee: '$100/month' }] }))

const tidy = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(tidy)
  if (typeof node !== 'object' || node === null) return node
  const kept = Object.entries(node).filter(([, value]) => value !== undefined)
  return Object.fromEntries(kept.map(([key, value]) => [key, tidy(value)]))
}

/** Valid scenarios of up to 26 months with contracts of every kind. */
export const anyContract: fc.Arbitrary<Written> = fc
  .record({
    months: fc.integer({ min: 1, max: 26 }),
    conversations: fc.constantFrom(
      { base: '50k', noise: { cv: '20%', autocorrelation: 0.4 }, actions: 2 },
      { base: 'uniform(0, 60000)', growth: '3%/month', involvement: '80%' },
      { base: 90, spikes: { probability: '20%', size: 'uniform(0, 3)' } },
    ),
    resolution: fc.constantFrom(
      { rate: '65%' },
      { rate: 'uniform(30%, 90%)', improvement: '1pt/month' },
      { rate: '60% to 70%', noise: { sd: '5pt' } },
    ),
    human: optional(fc.constant({ cost: 6, uplift: '25%' })),
    exchange: fc.constantFrom({ EUR: 1.08 }, { EUR: 'normal(1.08, 0.06)' }),
    offers: fc.array(fc.oneof({ weight: 4, arbitrary: offer as fc.Arbitrary<object> }, { weight: 1, arbitrary: limited }), {
      minLength: 1,
      maxLength: 3,
    }),
  })
  .map(
    ({ offers, ...scenario }) =>
      tidy({ ...scenario, offers: Object.fromEntries(offers.map((all, k) => [`offer-${'abc'[k]}`, all])) }) as Written,
  )
