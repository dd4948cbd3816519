// Plans whose offers begin, end and are renewed in time, on which engine, invoice and oracle are compared.
import fc from 'fast-check'
import { anyContract } from './contracts.ts'
import type { Written } from './scenarios.ts'

const drivers = {
  conversations: {
    base: '40k to 60k',
    growth: '1%/month',
    noise: { cv: '15%', autocorrelation: 0.5 },
    involvement: '90%',
    actions: 3,
  },
  resolution: {
    rate: [{ until: '2027-06', value: '50% to 60%' }, { value: '60% to 70%' }],
    improvement: '1pt/month',
    ceiling: '85%',
    noise: { sd: '4pt', autocorrelation: 0.7 },
    setbacks: { probability: '10%', size: '8pt', months: 3 },
  },
  human: { cost: '$6', uplift: '20%' },
}
const perResolution = { charges: [{ meter: 'resolutions', price: '$0.99' }] }

const streams = {
  conversations: { noise: { cv: '10%', autocorrelation: 0.4 } },
  resolution: { rate: '50% to 60%', improvement: '1pt/month', noise: { sd: '3pt' } },
  human: { cost: '$6', uplift: '10%' },
  segments: {
    chat: { conversations: { base: '36k to 45k' } },
    email: { conversations: { base: '20k', noise: { cv: '5%' } }, resolution: { rate: '40%' }, human: { cost: '$9' } },
    voice: { conversations: { base: '8k to 12k' } },
  },
}

const parted: Readonly<Record<string, Written>> = {
  'parts that follow each other and share a month': {
    ...drivers,
    months: 14,
    offers: {
      switch: {
        parts: {
          old: { until: '2027-06', resolution: { rate: '40% to 50%' }, charges: [{ meter: 'conversations', price: '$0.70' }] },
          new: {
            from: '2027-05',
            resolution: { rate: '58% to 72%', improvement: '1pt/month', ceiling: '80%' },
            charges: [
              { meter: 'resolutions', price: 'uniform(0.9, 1.1)' },
              { fee: '$30k/once' },
              { seats: { perAgent: 600 }, price: '$90/month' },
            ],
            counted: { reopened: { share: '10%', lag: 2 } },
            running: '$3k/month',
          },
        },
        traffic: { new: [{ until: '2027-05', value: '10%' }, { until: '2027-06', value: '30% to 50%' }, { value: '100%' }] },
        running: '$1k/month',
        involvement: '80% to 90%',
      },
      pilot: {
        parts: {
          old: {
            charges: [{ meter: 'conversations', commitment: '90k/quarter', price: 0.6, overage: 0.9 }],
            guarantee: { months: 6, notAbove: '66%', payment: '$9k' },
          },
          new: {
            from: '2027-03',
            charges: [
              { meter: 'resolutions', price: 1, period: 'year' },
              { meter: 'tickets', price: 0.05 },
              { meter: 'resolutions', commitment: '60k/year', price: 0.2, overage: 0.3, period: 'year' },
            ],
            term: { start: '2027-03' },
            resolution: { rate: '66%' },
            refund: { months: 6, below: '70%', share: '50%' },
          },
        },
        traffic: { new: [{ until: '2027-09', value: '25%' }, { value: '60%' }] },
        shadow: { new: '2027-05' },
      },
      drawn: {
        parts: {
          a: { charges: [{ meter: 'conversations', price: 1, limit: '8k/month' }] },
          b: { charges: [{ meter: 'resolutions', price: 1 }], minimum: '$200k/year', term: { start: '2026-09' } },
          c: { charges: [{ meter: 'tickets', bundles: [{ to: '9k', fee: 90 }, { fee: 200 }] }], from: '2027-04', until: '2027-12' },
        },
        traffic: { a: 'uniform(20%, 50%)', b: '40% to 80%' },
      },
      alone: {
        parts: { only: { charges: [{ meter: 'resolutions', price: 'uniform(0.9, 1.1)' }] } },
        from: '2027-02',
        until: '2027-12',
      },
    },
  },
  'parts by segment': {
    ...streams,
    months: 6,
    offers: {
      split: {
        parts: {
          text: {
            of: ['chat', 'email'],
            charges: [{ meter: 'resolutions', price: 1, of: 'chat' }, { meter: 'conversations', price: 0.4 }, { fee: '$2k/month' }],
            segments: { chat: { involvement: '90%', resolution: { rate: '66%' } } },
          },
          calls: {
            charges: [
              { meter: 'minutes', price: 0.1 },
              { meter: 'resolutions', graduated: [{ to: '3k', price: 2 }, { price: 1 }] },
            ],
            minimum: '$9k/quarter',
            running: '$2k/month',
          },
        },
        traffic: { calls: { chat: [{ until: '2027-03', value: '10%' }, { value: '20% to 40%' }], voice: '75%', email: 0 } },
        running: '$1k/month',
      },
    },
  },
}

const dated: Readonly<Record<string, Written>> = {
  'offers that begin and end in the plan': {
    ...drivers,
    months: 20,
    offers: {
      later: { ...perResolution, from: '2027-04' },
      'own-rate': {
        ...perResolution,
        from: '2027-03',
        until: '2028-02',
        resolution: { rate: '58% to 72%', improvement: '2%/month', noise: { sd: '5pt', autocorrelation: 0.2 } },
        involvement: [{ until: '2027-09', value: '40% to 60%' }, { value: '95%' }],
        running: [{ until: '2027-09', value: '$6k/month' }, { value: 'uniform(1000, 3000)/month' }],
      },
      saturating: {
        charges: [
          { meter: 'conversations', price: 0.5, from: '2027-02', until: '2027-12' },
          { fee: '$12k/year', paid: 'upfront' },
          { fee: '$20k/once' },
          { seats: 12, price: '$900/quarter', paid: 'upfront' },
          { meter: 'resolutions', commitment: '390k/year', price: 1, overage: 1.5 },
        ],
        from: '2027-05',
        resolution: { approach: 'saturating' },
        minimum: '$300k/year',
      },
      settled: {
        ...perResolution,
        from: '2027-06',
        refund: { months: 4, below: '64%', share: '50%' },
        guarantee: { months: 6, notAbove: '66%', payment: '$20k' },
        counted: { reopened: { share: '10%', lag: 2 } },
      },
      unsettled: { ...perResolution, until: '2027-05', refund: { months: 6, below: '90%' } },
      'begun-before': { ...perResolution, from: '2026-11', guarantee: { months: 3, notAbove: '99%', payment: '$20k' } },
      'not-yet': { ...perResolution, from: '2029-01', running: '$4k/month' },
    },
  },
}

const yearly = { meter: 'resolutions', period: 'year', commitment: '400k/year', price: 1, overage: 1.5 }
const term = (start: string, more: object = {}) => ({ term: { start, ...more } })

const termed: Readonly<Record<string, Written>> = {
  'renewals, and units that are free once': {
    ...drivers,
    months: 18,
    exchange: { EUR: 'normal(1.08, 0.06)' },
    offers: {
      renewed: {
        charges: [
          { meter: 'resolutions', price: 'uniform(0.9, 1.1)', minimum: '$20k/month', escalator: '5%/year' },
          { fee: '$12k/year' },
        ],
        renewals: [
          { month: '2027-01', change: '3%' },
          { month: '2027-09', change: '2% to 9%', cap: '5%' },
          { month: '2028-02', change: 'uniform(-5%, 10%)' },
          { month: '2028-04', change: '9%', cap: '4%' },
          { month: '2029-01', change: '1% to 2%' },
        ],
        minimum: '$400k/year',
      },
      free: { charges: [{ meter: 'resolutions', price: 1, included: '100k/once' }] },
      'free-later': {
        charges: [
          { meter: 'resolutions', package: 1000, price: 900, included: '70k/once', from: '2027-04', until: '2027-06' },
          { meter: 'conversations', commitment: '90k/quarter', price: 0.1, overage: 0.2, included: '200k/once' },
        ],
        from: '2027-03',
      },
      'free-before': { charges: [{ meter: 'resolutions', price: 1, included: '200k/once' }], term: { start: '2026-09' } },
      'renewed-term': {
        charges: [{ meter: 'resolutions', price: '€1', escalator: '5%/year', minimum: '€500k/year' }],
        renewals: [{ month: '2027-09', change: '2% to 9%', cap: '5%' }],
        term: { start: '2026-09' },
      },
    },
  },
  'contracts whose year is not that of the plan': {
    ...drivers,
    months: 16,
    offers: {
      april: { charges: [yearly], ...term('2027-04') },
      october: { charges: [yearly], ...term('2026-10') },
      stated: { charges: [yearly], ...term('2026-10', { toDate: { resolutions: '120k', spend: '$130k' } }) },
      ended: { charges: [yearly], until: '2027-12', ...term('2026-10') },
      ramp: {
        charges: [
          {
            ...yearly,
            commitment: [{ until: '2026-12', value: '300k/year' }, { value: '420k/year' }],
            paid: 'upfront',
            escalator: '7%/year',
          },
        ],
        ...term('2026-10'),
      },
      tiers: {
        charges: [
          {
            meter: 'resolutions',
            period: 'year',
            graduated: [{ to: '90k', price: 1, fee: 900 }, { to: '250k', price: 0.8, fee: 500 }, { price: 0.6 }],
          },
          { meter: 'conversations', period: 'quarter', volume: [{ to: '120k', price: 0.1 }, { price: 0.08 }] },
          { meter: 'actions', period: 'year', package: 50_000, price: 490 },
          {
            credits: { conversations: 2, resolutions: 1 },
            period: 'quarter',
            graduated: [{ to: '200k', price: 0.01 }, { price: 0.02 }],
          },
        ],
        ...term('2026-08', { toDate: { conversations: '80k' } }),
      },
      bundles: {
        charges: [
          {
            meter: 'tickets',
            period: 'quarter',
            bundles: [{ to: '120k', fee: 5000 }, { to: '160k', fee: 9000 }, { fee: 15_000 }],
            ratchet: true,
          },
        ],
        ...term('2026-11', { months: 6 }),
      },
      fees: {
        charges: [
          { fee: '$12k/year', paid: 'upfront', escalator: 'uniform(3%, 9%)/year' },
          { fee: '$20k/once' },
          { fee: '$7k/once', term: { start: '2027-03' } },
          {
            seats: 12,
            price: '$900/quarter',
            paid: 'upfront',
            escalator: [{ until: '2027-11', value: '5%/year' }, { value: '9%/year' }],
          },
        ],
        ...term('2025-11'),
      },
      included: {
        charges: [
          { meter: 'resolutions', price: 1, included: '350k/year', minimum: '$30k/year' },
          { meter: 'conversations', price: 0.1, included: '130k/quarter', rollover: 2, term: { start: '2026-12' } },
          { meter: 'resolutions', period: 'year', graduated: [{ to: '20k', price: 1 }, { price: 0.5 }], included: '30k/month' },
          { seats: 20, price: '$50/month' },
          { meter: 'tickets', price: 0.2, included: { perSeat: '2400/year' } },
        ],
        ...term('2026-10'),
      },
      bounded: {
        charges: [
          { meter: 'resolutions', price: 1, minimum: '$500k/year', discount: '10%' },
          { meter: 'conversations', price: 0.5, maximum: '$60k/quarter', term: { start: '2026-12', toDate: { spend: '$25k' } } },
          { meter: 'tickets', price: 0.1, minimum: '700k/year' },
        ],
        ...term('2026-09'),
      },
      across: { charges: [{ meter: 'resolutions', price: 1 }, { fee: '$1k/month' }], minimum: '$500k/year', ...term('2026-09') },
      drawn: {
        charges: [{ meter: 'resolutions', price: 'uniform(0.9, 1.1)' }, yearly],
        minimum: '$700k/year',
        paid: 'upfront',
        ...term('2026-09'),
      },
      prepaid: {
        charges: [{ meter: 'resolutions', price: 1 }],
        minimum: '$400k/year',
        ...term('2026-09', { toDate: { spend: '$150k' } }),
      },
      limited: {
        charges: [{ meter: 'resolutions', price: 1, limit: '300k/year' }],
        ...term('2026-09', { toDate: { resolutions: '150k' } }),
      },
      settled: { ...perResolution, ...term('2027-02'), refund: { months: 4, below: '60%' } },
      'settled-before': { ...perResolution, ...term('2026-11'), guarantee: { months: 4, notAbove: '99%', payment: '$9k' } },
    },
  },
}

export const everyTimed: Readonly<Record<string, Written>> = { ...dated, ...termed, ...parted }

const months = fc.constantFrom<object>(
  {},
  { from: '2027-03' },
  { until: '2027-08' },
  { from: '2027-02', until: '2028-01' },
  { term: { start: '2026-10' } },
  { term: { start: '2026-11', months: 6, toDate: { spend: '$9k' } }, until: '2028-01' },
  { term: { start: '2027-01', months: 6 } },
  { term: { start: '2026-02' }, from: '2027-02' },
)

/** Changes of all prices, which take the place of a single one. */
const renewals = fc.constantFrom<readonly object[] | undefined>(
  undefined,
  undefined,
  [{ month: '2027-03', change: '2% to 9%', cap: '5%' }],
  [
    { month: '2027-01', change: '4%', cap: '3%' },
    { month: '2027-06', change: 'uniform(-10%, 10%)', cap: '2%' },
    { month: '2028-02', change: '-5%' },
  ],
)

/** What charges may have beyond those of any contract: units that are free once, and an escalator that is drawn. */
const more = fc.record({
  once: fc.boolean(),
  escalator: fc.constantFrom(undefined, undefined, 'uniform(2%, 9%)/year', [
    { until: '2027-11', value: '5%/year' },
    { value: 'uniform(1%, 8%)/year' },
  ]),
})

type Charge = Readonly<Record<string, unknown>>
type Change = typeof more extends fc.Arbitrary<infer T> ? T : never

function changedCharge(charge: Charge, { once, escalator }: Change): Charge {
  const { rollover, ...rest } = charge
  const free = once && typeof charge.included === 'string' && { ...rest, included: charge.included.replace(/(\/.*)?$/, '/once') }
  return { ...(free || charge), ...(escalator !== undefined && { escalator }) }
}

function changed(offer: object, time: object, again: readonly object[] | undefined, change: Change): object {
  const { renewal, charges, ...rest } = offer as Charge & { readonly charges: readonly Charge[] }
  return {
    ...rest,
    charges: charges.map((charge) => changedCharge(charge, change)),
    ...(again ? { renewals: again } : renewal !== undefined && { renewal }),
    ...time,
  }
}

/** Ways in which a contract is a part of an offer. */
const ways = fc.constantFrom<(contract: object) => object>(
  (contract) => contract,
  (contract) => contract,
  (contract) => ({ parts: { only: contract } }),
  (contract) => ({ parts: { left: contract, right: perResolution }, traffic: { right: 'uniform(20%, 40%)' } }),
  (contract) => ({
    parts: { left: contract, right: { ...perResolution, from: '2027-02', resolution: { rate: '60%' } } },
    traffic: { right: [{ until: '2027-04', value: '20%' }, { value: '70%' }] },
    shadow: { right: '2027-03' },
  }),
  (contract) => ({
    parts: { left: { ...perResolution, until: '2027-04' }, right: contract },
    traffic: { left: [{ until: '2027-02', value: '80%' }, { value: '0%' }] },
    shadow: { left: '2027-02' },
    involvement: '70% to 90%',
  }),
  (contract) => ({
    parts: {
      left: { charges: [{ meter: 'tickets', price: 0.1 }], term: { start: '2026-07' } },
      middle: { ...contract, from: undefined, until: undefined, term: { start: '2027-03', months: 6 } },
      right: { charges: [{ meter: 'conversations', commitment: '90k/quarter', price: 1, overage: 2 }], term: { start: '2026-12' } },
    },
    traffic: { left: 'uniform(30%, 60%)', middle: '20% to 60%' },
  }),
)
const three = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { minLength: 3, maxLength: 3 })

/** Contracts of every kind that begin or end in the plan, are renewed, have terms of their own, or are parts of an offer. */
export const anyTimed: fc.Arbitrary<Written> = fc.tuple(anyContract, three(months), three(ways), three(renewals), three(more)).map(
  ([plan, times, as, again, changes]): Written => ({
    ...plan,
    offers: Object.fromEntries(
      Object.entries(plan.offers).map(([name, offer], k) => [
        name,
        as[k](changed(offer as object, times[k], again[k], changes[k])),
      ]),
    ),
  }),
)
