// Scenarios on which engine and oracle are compared: a few by hand that use every driver and charge, and a generator of valid ones.
import fc from 'fast-check'
import { anyStaff } from './staff.ts'

/** A scenario as an analyst writes it. */
export type Written = { readonly offers: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>

const perConversation = { charges: [{ meter: 'conversations', price: '$0.80' }] }
const perResolution = { charges: [{ meter: 'resolutions', price: '$0.99' }] }

export const everyDriver: Readonly<Record<string, Written>> = {
  'five offers of the market': {
    conversations: {
      base: '50k',
      growth: '1%/month',
      seasonality: [0.96, 0.93, 0.98, 0.97, 0.98, 0.97, 0.96, 0.98, 1.0, 1.02, 1.12, 1.13],
      noise: { cv: '8%', autocorrelation: 0.5 },
      spikes: { probability: '4%', size: '1.2 to 1.8' },
    },
    resolution: { rate: '60% to 70%', improvement: '1pt/month', ceiling: '85%', noise: { sd: '2pt', autocorrelation: 0.7 } },
    correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho: -0.2 }],
    human: { cost: '$6.00' },
    offers: {
      fin: perResolution,
      conv: perConversation,
      zendesk: {
        charges: [
          { meter: 'resolutions', commitment: '30k/month', price: '$1.50', overage: '$2.00' },
          { seats: 40, price: '$115/month', layer: 'platform' },
        ],
      },
      agentforce: { charges: [{ meter: 'conversations', price: '$2.00' }] },
      ada: { charges: [{ meter: 'conversations', price: 'uniform($1.00, $3.50)', minimum: '$30k/year' }] },
    },
  },
  'ceilings in stages, below and above the rate': {
    months: 9,
    conversations: { base: 2000 },
    resolution: {
      rate: 'uniform(55%, 75%)',
      improvement: '2pt/month',
      ceiling: [{ until: '2027-03', value: '62%' }, { until: '2027-06', value: 'uniform(70%, 80%)' }, { value: '90%' }],
      noise: { sd: '2pt', autocorrelation: 0.5 },
    },
    offers: {
      linear: perResolution,
      relative: { ...perResolution, resolution: { improvement: '3%/month' } },
      bent: { ...perResolution, resolution: { approach: 'saturating' } },
      'bent-relative': { ...perResolution, resolution: { approach: 'saturating', improvement: '4%/month', rate: '60%' } },
      own: { ...perResolution, resolution: { ceiling: [{ until: '2027-05', value: '58%' }, { value: '80%' }] } },
    },
  },
  'long spikes and setbacks that overlap': {
    months: 24,
    conversations: {
      base: 1000,
      noise: { cv: '30%', autocorrelation: -0.4 },
      spikes: { probability: '35%', size: 'uniform(0.5, 2)', months: 5 },
    },
    resolution: {
      rate: '55%',
      noise: { sd: '6pt', autocorrelation: 0.9 },
      setbacks: { probability: '40%', size: 'uniform(5pt, 40pt)', months: 6 },
    },
    offers: { fin: perResolution, conv: perConversation, left: { charges: [{ meter: 'escalations', price: 1 }] } },
  },
  'a roll-out, actions and yearly growth that are uncertain': {
    start: '2026-10',
    months: 18,
    conversations: {
      base: 'lognormal(20000, 4000)',
      growth: 'normal(12%, 6%)/year',
      noise: { cv: '10%' },
      involvement: [{ until: '2026-12', value: 'uniform(20%, 40%)' }, { until: '2027-06', value: '60%' }, { value: 'beta(18, 4)' }],
      actions: 'gamma(4, 0.5)',
    },
    resolution: { rate: 'beta(20, 10)' },
    human: { cost: 'pert(4, 6, 10)', uplift: 'uniform(0%, 40%)' },
    offers: {
      actions: { charges: [{ meter: 'actions', price: '$0.10' }], running: 'uniform(1000, 3000)' },
      tickets: { charges: [{ meter: 'tickets', price: '$0.50' }], running: '$24k/year' },
      escalations: { charges: [{ meter: 'escalations', price: 'triangular(1, 1.5, 3)' }] },
      seats: {
        charges: [
          { seats: { perAgent: 600 }, price: '$115/month' },
          { seats: 3, price: '$1200/year' },
        ],
      },
    },
  },
  'a list of months': {
    months: 6,
    conversations: { monthly: [52_000, 49_000, 0, 61_000, 10, 48_500.5], noise: { cv: '25%', autocorrelation: 0.3 } },
    resolution: { rate: '60% to 70%', improvement: '2%/month', ceiling: '90%' },
    human: { cost: '$5', uplift: '30%' },
    offers: {
      fin: perResolution,
      committed: { charges: [{ meter: 'resolutions', commitment: '60k/quarter', price: 1, overage: 1.5 }] },
    },
  },
  'noise that goes on from the last month': {
    conversations: {
      base: 'lognormal(10000, 800)',
      growth: 'normal(15%, 3%)/year',
      seasonality: [1, 0.9, 1, 1, 1.1, 1, 1, 1, 1, 1, 1, 1.3],
      noise: { cv: '20%', autocorrelation: 0.8 },
      last: 15_500,
    },
    resolution: { rate: '60% to 70%', noise: { sd: '3pt', autocorrelation: 0.4 } },
    correlations: [
      { between: ['conversations.base', 'conversations.growth'], rho: 0.7 },
      { between: ['conversations.noise', 'resolution.noise'], rho: -0.4 },
    ],
    offers: { fin: perResolution },
  },
  'a last month before growth that is a number': {
    months: 3,
    conversations: { base: 9_000, growth: '2%/month', noise: { cv: '10%', autocorrelation: -0.5 }, last: 8_000 },
    resolution: { rate: '65%' },
    offers: { fin: perResolution },
  },
  'past deviations in blocks': {
    months: 8,
    conversations: {
      base: '9k to 11k',
      bootstrap: { block: 3, ratios: [1.1, 0.95, 1.02, 0.8, 1.3, 0.99, 1.01, 0.9, 1.05, 0.97] },
      spikes: { probability: '10%', size: 1.4 },
    },
    resolution: { rate: '60% to 70%', noise: { sd: '3pt', autocorrelation: 0.4 } },
    offers: { fin: perResolution },
  },
  'improvement that saturates, a drawn ceiling, and a rate above it': {
    conversations: { base: 1000 },
    resolution: {
      rate: '60% to 90%',
      improvement: 'uniform(0pt, 3pt)/month',
      ceiling: 'uniform(65%, 95%)',
      approach: 'saturating',
    },
    offers: {
      fin: perResolution,
      relative: { ...perResolution, resolution: { improvement: '12%/year' } },
      linear: { ...perResolution, resolution: { approach: 'linear' } },
    },
  },
  "offers' own resolution": {
    conversations: { base: '10k', noise: { cv: '15%', autocorrelation: 0.6 } },
    resolution: {
      rate: '65%',
      improvement: '-1pt/month',
      noise: { sd: '3pt', autocorrelation: 0.5 },
      setbacks: { probability: '10%', size: '8pt', months: 3 },
    },
    correlations: [
      { between: ['resolution.noise', 'offers.own.resolution.noise'], rho: 0.6 },
      { between: ['conversations.noise', 'resolution.noise'], rho: -0.3 },
      { between: ['offers.rate.resolution.rate', 'offers.shifted.resolution.offset'], rho: 0.5 },
    ],
    offers: {
      shared: perResolution,
      shifted: { ...perResolution, resolution: { offset: 'normal(-5pt, 2pt)' } },
      rate: { ...perResolution, resolution: { rate: '40% to 50%' } },
      own: { ...perResolution, resolution: { rate: '80%', noise: { sd: '5pt', autocorrelation: 0.2 } } },
      steady: { ...perResolution, resolution: { improvement: '0.5pt/month', ceiling: '70%' } },
      struck: { ...perResolution, resolution: { setbacks: { probability: '30%', size: 'uniform(10pt, 30pt)', months: 2 } } },
    },
  },
  'what is counted and credited': {
    months: 14,
    conversations: { base: 5000, noise: { cv: '40%' }, involvement: '90%' },
    resolution: { rate: '50% to 80%', noise: { sd: '5pt', autocorrelation: 0.4 } },
    offers: {
      strict: { ...perResolution, counted: { resolved: '90%', unresolved: '5%', reopened: '3%' } },
      drawn: {
        ...perResolution,
        counted: { resolved: 'uniform(80%, 100%)', unresolved: 'beta(2, 30)', reopened: 'uniform(0%, 20%)' },
      },
      later: { ...perResolution, counted: { reopened: { share: '50% to 90%', lag: 1 } } },
      much: {
        charges: [{ meter: 'resolutions', commitment: '30k/year', price: 1, overage: 2 }],
        counted: { unresolved: '10%', reopened: { share: '15%', lag: 3 } },
      },
    },
  },
  'every charge, with periods that the horizon cuts off': {
    months: 17,
    conversations: { base: '40k to 60k', noise: { cv: '20%', autocorrelation: 0.5 } },
    resolution: { rate: '65%', noise: { sd: '3pt' } },
    human: { cost: '$6' },
    offers: {
      monthly: {
        charges: [
          { meter: 'conversations', commitment: '48k/month', price: '$1', overage: '$1.2' },
          { fee: '$500/month', layer: 'add-on' },
        ],
      },
      quarterly: {
        charges: [{ meter: 'resolutions', commitment: '98k/quarter', price: 'uniform(1, 2)', overage: 'uniform(2, 3)' }],
      },
      yearly: {
        charges: [
          { meter: 'conversations', commitment: '590k/year', price: 0.9, overage: 1.4, paid: 'upfront' },
          { fee: '$12k/year' },
          { fee: 'uniform(5000, 9000)', per: 'year', paid: 'upfront' },
          { fee: '$20k/once', layer: 'set-up' },
        ],
      },
      floors: {
        charges: [
          { meter: 'conversations', price: '$0.50', minimum: '$75k/quarter' },
          { meter: 'resolutions', price: 'uniform(0.1, 0.2)', minimum: '400k/year', layer: 'add-on' },
          { meter: 'escalations', price: '$0.30', minimum: 'uniform(50000, 70000)/year' },
        ],
      },
      seats: {
        charges: [
          { seats: { perAgent: 550 }, price: 'uniform($90, $130)', id: 'people' },
          { seats: 12, price: '$1800/year', paid: 'upfront' },
        ],
      },
    },
  },
  'everything at once': {
    start: '2027-07',
    months: 13,
    conversations: {
      base: 'mixture(normal(50000, 3000): 70%, uniform(60000, 80000): 30%)',
      growth: 'uniform(-1%, 2%)/month',
      seasonality: [1, 2, 1, 1, 0.5, 1, 1, 1, 1, 1, 3, 2],
      noise: { cv: '12%', autocorrelation: 0.3 },
      spikes: { probability: '15%', size: 'pert(1.1, 1.3, 2)', months: 2 },
      involvement: 'uniform(80%, 100%)',
      actions: 3,
    },
    resolution: {
      rate: 'betaMean(65%, 5%)',
      improvement: 'normal(1pt, 0.3pt)/month',
      ceiling: '85%',
      noise: { sd: '2pt', autocorrelation: 0.7 },
      setbacks: { probability: '5%', size: 'uniform(3pt, 12pt)', months: 4 },
    },
    correlations: [
      { between: ['conversations.noise', 'resolution.noise'], rho: -0.4 },
      { between: ['conversations.base', 'offers.ada.price'], rho: -0.5 },
      { between: ['resolution.rate', 'offers.ada.price'], rho: 0.3 },
    ],
    human: { cost: '$4 to $9', uplift: '20%' },
    offers: {
      ada: { charges: [{ meter: 'conversations', price: '$1.00 to $3.50', minimum: '$600k/year' }], running: '$4k/month' },
      zendesk: {
        resolution: { offset: '-4pt' },
        counted: { resolved: '95%', unresolved: '3%', reopened: { share: '4%', lag: 1 } },
        charges: [
          { meter: 'resolutions', commitment: '400k/year', price: '$1.50', overage: '$2.00', id: 'plan' },
          { seats: { perAgent: 700 }, price: '$115/month' },
        ],
      },
      discrete: { charges: [{ meter: 'actions', price: 'discrete($0.10: 20%, $0.20: 50%, $0.40: 30%)' }] },
    },
  },
  'drivers in stages': {
    start: '2027-03',
    months: 30,
    conversations: {
      base: [{ until: '2027-08', value: '9k to 11k' }, { until: '2028-05', value: 12_000 }, { value: 'uniform(13000, 15000)' }],
      growth: [
        { until: '2027-05', value: '1%/month' },
        { until: '2027-12', value: 'normal(2%, 0.5%)/month' },
        { value: { value: 'uniform(-10%, 10%)', per: 'year' } },
      ],
      seasonality: [1, 0.9, 1, 1, 1.1, 1, 1, 1, 1, 1, 1, 1.3],
      noise: { cv: '8%', autocorrelation: 0.5 },
      last: 8_500,
      involvement: [{ until: '2027-06', value: '40% to 60%' }, { value: '90%' }],
      actions: [{ until: '2027-12', value: 2 }, { value: 'gamma(4, 0.5)' }],
    },
    resolution: {
      rate: [{ until: '2027-04', value: '0%' }, { until: '2027-11', value: '40% to 50%' }, { value: '55% to 65%' }],
      improvement: [
        { until: '2027-10', value: '1pt/month' },
        { until: '2028-04', value: 'uniform(0pt, 12pt)/year' },
        { value: '0.2pt/month' },
      ],
      ceiling: '75%',
      noise: { sd: '4pt', autocorrelation: 0.6 },
    },
    correlations: [
      { between: ['conversations.noise', 'resolution.noise'], rho: -0.3 },
      { between: ['resolution.rate[1].value', 'resolution.rate[2].value'], rho: 0.5 },
    ],
    human: {
      cost: [{ until: '2027-12', value: '$5 to $7' }, { value: '$6.50' }],
      uplift: [{ until: '2028-02', value: '10%' }, { value: 'uniform(0%, 30%)' }],
    },
    offers: {
      fin: { ...perResolution, running: [{ until: '2027-09', value: '$6k/month' }, { value: 'uniform(1000, 3000)/month' }] },
      shifted: {
        charges: [{ meter: 'actions', price: '$0.10' }],
        resolution: { offset: [{ until: '2027-12', value: '-5pt' }, { value: 'normal(2pt, 1pt)' }] },
      },
      own: {
        ...perResolution,
        resolution: {
          rate: [{ until: '2028-01', value: '30%' }, { value: '60% to 70%' }],
          improvement: [{ until: '2027-12', value: '2%/month' }, { value: 'uniform(0%, 12%)/year' }],
          noise: { sd: '5pt', autocorrelation: 0.2 },
        },
      },
      saturating: {
        ...perResolution,
        resolution: {
          approach: 'saturating',
          improvement: [{ until: '2027-12', value: '2pt/month' }, { value: 'uniform(0pt, 12pt)/year' }],
        },
      },
      counted: {
        ...perResolution,
        counted: {
          resolved: [{ until: '2027-08', value: '80% to 90%' }, { value: '95%' }],
          unresolved: [{ until: '2028-01', value: '5%' }, { value: 'beta(2, 30)' }],
          reopened: { share: [{ until: '2027-12', value: '5% to 20%' }, { value: '10%' }], lag: 2 },
        },
      },
    },
  },
  'offers in stages': {
    start: '2027-03',
    months: 40,
    conversations: { base: '40k to 60k', noise: { cv: '20%', autocorrelation: 0.5 } },
    resolution: { rate: '65%', noise: { sd: '3pt' } },
    human: { cost: '$6' },
    offers: {
      escalated: {
        charges: [
          {
            meter: 'conversations',
            price: 'uniform(0.5, 1)',
            escalator: [{ until: '2028-12', value: '5%/year' }, { value: '7%/year' }],
          },
          { meter: 'resolutions', price: '$0.50', escalator: 'uniform(2%, 9%)/year', minimum: '$20k/quarter' },
          { fee: '$500/month', escalator: [{ until: '2029-01', value: 'uniform(0%, 9%)' }, { value: '3%' }] },
        ],
      },
      bounded: {
        charges: [
          {
            meter: 'conversations',
            price: '$0.50',
            minimum: [
              { until: '2027-07', value: '$60k/quarter' },
              { until: '2028-01', value: 'uniform(70000, 90000)/quarter' },
              { value: '$80k/quarter' },
            ],
          },
          {
            meter: 'escalations',
            price: '$0.30',
            maximum: [{ until: '2027-10', value: '$50k/year' }, { value: 'uniform(60000, 80000)/year' }],
          },
          {
            meter: 'resolutions',
            price: '$0.20',
            minimum: [{ until: '2028-02', value: '300k/year' }, { value: '500k/year' }],
            layer: 'add-on',
          },
          {
            meter: 'resolutions',
            price: '$0.10',
            included: [{ until: '2027-09', value: '10k/month' }, { value: '20k/month' }],
            rollover: 2,
          },
        ],
        minimum: [{ until: '2027-12', value: '$900k/year' }, { value: 'uniform(1000000, 1400000)/year' }],
      },
      limited: {
        charges: [
          { meter: 'conversations', price: 0.8, limit: [{ until: '2027-11', value: '120k/quarter' }, { value: '140k/quarter' }] },
        ],
      },
      capped: {
        charges: [
          {
            meter: 'resolutions',
            price: 0.9,
            limit: [{ until: '2028-01', value: '$25k/month' }, { value: 'uniform(28000, 33000)/month' }],
          },
        ],
      },
      upfront: {
        charges: [
          {
            seats: [{ until: '2027-12', value: 30 }, { until: '2028-06', value: '35 to 45' }, { value: 40 }],
            price: '$1200/year',
            paid: 'upfront',
            id: 'seats',
          },
          { meter: 'resolutions', price: '$0.40', included: { perSeat: 100 } },
        ],
        minimum: [{ until: '2028-05', value: '$240k/year' }, { value: '$300k/year' }],
        paid: 'upfront',
      },
      drawn: {
        charges: [
          { seats: 'uniform(10, 20)', price: 'uniform($90, $130)' },
          { meter: 'tickets', price: 0.1 },
        ],
      },
    },
  },
  'nothing uncertain': {
    months: 4,
    conversations: { base: 3000 },
    resolution: { rate: '55%' },
    human: { cost: 6 },
    offers: {
      exact: { charges: [{ meter: 'resolutions', commitment: '1650/month', price: 1, overage: 2 }] },
      // People are 3,000 × 55% = 1650.0000000000002: 33 seats, not 34.
      seats: { charges: [{ seats: { perAgent: 50 }, price: 100 }], resolution: { rate: '45%' } },
    },
  },
}

const percent = (low: number, high: number) => fc.integer({ min: low, max: high }).map((share) => `${share}%`)
const probability = fc.constantFrom('5%', '20%', '60%')
const autocorrelation = fc.constantFrom(-0.7, 0, 0.3, 0.95)
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

const base = fc.oneof(
  fc.constantFrom<number | string>(1, 253, '50k', 1.5e6),
  fc.constantFrom('lognormal(5000, 3000)', 'uniform(0, 2000)', 'gamma(2, 500)', '40k to 90k', 'discrete(100: 1, 200: 2)'),
)
const spikes = fc.record({
  probability,
  size: fc.constantFrom<number | string>(1.5, 0, 'uniform(0.5, 3)', '1.2 to 1.8'),
  months: fc.integer({ min: 1, max: 5 }),
})
const seasonality = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 12, maxLength: 12 })
const conversations = (months: number) =>
  fc.record(
    {
      volume: fc.oneof(
        fc.record({
          base,
          growth: optional(fc.constantFrom('2%/month', '-10%/year', 'uniform(-2%, 4%)/month')),
          seasonality: optional(seasonality),
        }),
        fc.record({ monthly: fc.array(fc.constantFrom(0, 10, 5000, 72_000.25), { minLength: months, maxLength: months }) }),
      ),
      noise: optional(fc.record({ cv: percent(0, 60), autocorrelation })),
      spikes: optional(spikes),
      involvement: optional(
        fc.oneof(
          percent(0, 100),
          fc.constant('beta(8, 2)'),
          fc.constant([{ until: '2027-02', value: '30%' }, { value: '50% to 90%' }]),
        ),
      ),
      actions: optional(fc.constantFrom<number | string>(2.5, 'gamma(4, 1)')),
    },
    { requiredKeys: ['volume'] },
  )

const improvement = fc.constantFrom('1pt/month', '6pt/year', '2%/month', '10%/year', 'uniform(0pt, 4pt)/month')
const rate = fc.oneof(percent(10, 75), fc.constantFrom('60% to 70%', 'beta(6, 3)', 'uniform(20%, 90%)', 'betaMean(70%, 10%)'))
const resolutionKeys = {
  improvement: optional(improvement),
  approach: optional(fc.constantFrom('linear', 'saturating')),
  ceiling: optional(
    fc.constantFrom<unknown>('60%', '85%', 'uniform(70%, 90%)', [{ until: '2027-02', value: '70%' }, { value: '75% to 90%' }]),
  ),
  noise: optional(fc.record({ sd: fc.constantFrom('0pt', '2pt', '10pt'), autocorrelation })),
  setbacks: optional(
    fc.record({ probability, size: fc.constantFrom('5pt', '60pt', 'uniform(1pt, 30pt)'), months: fc.integer({ min: 1, max: 6 }) }),
  ),
}
const resolution = fc.record({ rate, ...resolutionKeys })
const ownResolution = fc.record({
  rate: optional(rate),
  offset: optional(fc.constantFrom('-5pt', '20pt', 'normal(-3pt, 3pt)')),
  ...resolutionKeys,
})

const meter = fc.constantFrom('conversations', 'tickets', 'resolutions', 'actions', 'escalations')
const money = fc.constantFrom<number | string>(1, '$0.99', 'uniform(0.5, 2)', 'lognormal(2, 1)', 'discrete(1: 1, 2: 3)')
const per = fc.constantFrom('month', 'quarter', 'year')
const quantity = fc.tuple(fc.constantFrom('0', '100', '30k', '650k'), per).map(([amount, period]) => `${amount}/${period}`)
const paid = optional(fc.constantFrom('monthly', 'upfront'))
const charge = fc.oneof(
  fc.record({
    meter,
    price: money,
    minimum: optional(
      fc.oneof(
        quantity,
        quantity.map((floor) => `$${floor}`),
      ),
    ),
  }),
  fc.record({ meter, price: money, overage: money, commitment: quantity, paid }),
  fc.record({
    fee: fc.constantFrom('$49/month', '$12k/year', '$20k/once', 'uniform(100, 200)'),
    paid,
    layer: optional(fc.constantFrom('add-on', 'management')),
  }),
  fc.record({
    seats: fc.constantFrom<number | { perAgent: number }>(0, 40, { perAgent: 600 }, { perAgent: 7 }),
    price: fc.constantFrom('$115/month', '$1200/year', 'uniform(50, 150)'),
  }),
)
const share = fc.oneof(percent(0, 100), fc.constant('beta(20, 2)'))
const counted = fc.record({
  resolved: optional(share),
  unresolved: optional(share),
  reopened: optional(fc.oneof(share, fc.record({ share, lag: fc.integer({ min: 0, max: 14 }) }))),
})
const offer = fc.record({
  charges: fc.array(charge, { minLength: 1, maxLength: 4 }),
  resolution: optional(ownResolution),
  counted: optional(counted),
  running: optional(fc.constantFrom('$4k/month', '$10k/year', 'uniform(0, 100)')),
})

const uplift = optional(fc.constantFrom('25%', 'uniform(0%, 100%)'))

/** Removes undefined keys, since an analyst would leave them out. */
const tidy = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(tidy)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, tidy(value)]),
  )
}

/** Valid scenarios of up to 15 months and 3 offers. */
export const anyScenario: fc.Arbitrary<Written> = fc
  .integer({ min: 1, max: 15 })
  .chain((months) =>
    fc.record({
      months: fc.constant(months),
      conversations: conversations(months),
      resolution,
      human: optional(
        fc.oneof(
          { weight: 2, arbitrary: fc.record({ cost: money, uplift, cashable: optional(fc.constantFrom('40%', '0%')) }) },
          { weight: 1, arbitrary: fc.record({ staff: anyStaff, uplift }) },
        ),
      ),
      offers: fc.array(offer, { minLength: 1, maxLength: 3 }),
      correlated: optional(fc.constantFrom(-0.8, 0.5)),
    }),
  )
  .map(({ conversations: { volume, ...rest }, offers, correlated, ...scenario }) => {
    const [one, other] = [rest.noise?.autocorrelation, scenario.resolution.noise?.autocorrelation]
    const bothNoises = one !== undefined && other !== undefined && correlated !== undefined
    // A share of the largest correlation that the autocorrelations allow.
    const rho = bothNoises ? (correlated * Math.sqrt((1 - one ** 2) * (1 - other ** 2))) / (1 - one * other) : 0
    return tidy({
      ...scenario,
      conversations: { ...volume, ...rest },
      offers: Object.fromEntries(offers.map((terms, k) => [`offer-${'abc'[k]}`, terms])),
      correlations: bothNoises ? [{ between: ['conversations.noise', 'resolution.noise'], rho }] : undefined,
    }) as Written
  })
