// Plans whose customers come back, on which engine, invoice and oracle are compared: some by hand, and any plan with returns added to it.
import fc from 'fast-check'
import { anySegmented } from './any-segmented.ts'
import { anyContract } from './contracts.ts'
import { anyScenario, type Written } from './scenarios.ts'
import { anyTimed } from './timed.ts'

const returns = (share: unknown, lag: number, to: 'people' | 'ai') => ({ share, lag, to })
const staged = [{ until: '2027-04', value: '5%' }, { value: '8% to 15%' }]
const drivers = {
  conversations: { base: '40k to 60k', growth: '1%/month', noise: { cv: '15%', autocorrelation: 0.5 }, involvement: '80% to 90%' },
  resolution: { rate: '55% to 70%', improvement: '1pt/month', noise: { sd: '4pt' }, returns: returns('8% to 15%', 1, 'ai') },
  human: { cost: '$6', uplift: '20%' },
}
const perResolution = { charges: [{ meter: 'resolutions', price: '$0.99' }] }
const credited = { ...perResolution, counted: { returned: 'credited' } }

export const everyReturn: Readonly<Record<string, Written>> = {
  'customers who come back to people or to the AI': {
    ...drivers,
    months: 14,
    offers: {
      billed: perResolution,
      credited: { ...credited, counted: { resolved: '80% to 95%', unresolved: '5%', returned: 'credited' } },
      'to-people': { ...credited, resolution: { rate: '60%', returns: returns(staged, 0, 'people') } },
      'much-later': { ...credited, resolution: { returns: returns(staged, 3, 'ai') } },
      'never-again': { ...perResolution, resolution: { returns: returns('0%', 1, 'ai') } },
      seats: {
        charges: [
          { seats: { perAgent: 700 }, price: '$115/month' },
          { meter: 'tickets', price: 0.1 },
          { meter: 'escalations', price: 0.2, included: { perSeat: '50/month' } },
        ],
      },
      settled: {
        charges: [{ meter: 'resolutions', commitment: '90k/quarter', price: 1, overage: 1.5 }],
        counted: { returned: 'credited' },
        refund: { months: 6, below: '56%', share: '50%' },
        guarantee: { months: 3, notAbove: '55%', payment: '$9k' },
        from: '2027-02',
        until: '2027-12',
      },
      reopened: { ...perResolution, counted: { reopened: { share: '10%', lag: 2 } } },
    },
  },
  'limits beside conversations that come back': {
    ...drivers,
    months: 8,
    offers: {
      monthly: { charges: [{ meter: 'conversations', price: 1, limit: '42k/month' }] },
      quarterly: { charges: [{ meter: 'resolutions', price: 1, limit: '80k/quarter' }], counted: { returned: 'credited' } },
      money: { charges: [{ meter: 'resolutions', graduated: [{ to: '20k', price: 1 }, { price: 0.5 }], limit: '$25k/month' }] },
      people: {
        ...perResolution,
        resolution: { returns: returns('20%', 1, 'people') },
        charges: [{ meter: 'resolutions', price: 1, limit: '25k/month' }],
      },
    },
  },
  'parts that take back what others resolved': {
    ...drivers,
    months: 12,
    offers: {
      switch: {
        parts: {
          old: { ...credited, until: '2027-06', resolution: { rate: '40% to 50%' } },
          new: { from: '2027-05', charges: [{ meter: 'resolutions', price: 'uniform(0.9, 1.1)' }, { fee: '$1k/month' }] },
        },
        traffic: { new: [{ until: '2027-05', value: '10%' }, { until: '2027-06', value: '30% to 50%' }, { value: '100%' }] },
        running: '$1k/month',
      },
      mixed: {
        parts: {
          ai: { ...credited, charges: [{ meter: 'resolutions', price: 1, limit: '12k/month' }] },
          people: { ...credited, resolution: { rate: '66%', returns: returns(staged, 2, 'people') } },
          hidden: {
            charges: [
              { meter: 'conversations', price: 0.5 },
              { meter: 'resolutions', price: 0.1 },
            ],
            counted: { returned: 'credited' },
          },
        },
        traffic: { people: 'uniform(20%, 50%)', hidden: '25%' },
        shadow: { hidden: '2027-12' },
      },
      ended: { parts: { only: { ...perResolution, until: '2027-08' } } },
      'some-left': { parts: { a: perResolution, b: credited }, traffic: { a: '30%', b: '40%' } },
    },
  },
  'segments whose customers come back differently': {
    conversations: { noise: { cv: '10%', autocorrelation: 0.4 } },
    resolution: { rate: '50% to 60%', noise: { sd: '3pt' }, returns: returns('10%', 1, 'people') },
    human: { cost: '$6', uplift: '10%' },
    months: 8,
    segments: {
      chat: { conversations: { base: '36k to 45k' }, resolution: { returns: returns('8% to 15%', 1, 'ai') } },
      email: { conversations: { base: '20k' }, resolution: { rate: '40%' }, human: { cost: '$9' } },
      voice: { conversations: { base: '8k to 12k' }, resolution: { returns: returns('5%', 2, 'ai') } },
    },
    offers: {
      all: {
        charges: [
          { meter: 'resolutions', price: 1 },
          { fee: '$2k/month' },
          { meter: 'tickets', graduated: [{ to: '50k', price: 0.1 }, { price: 0.2 }] },
        ],
        counted: { returned: 'credited' },
        minimum: '$200k/quarter',
      },
      some: {
        of: ['chat', 'email'],
        charges: [{ meter: 'conversations', price: 0.4, limit: '50k/month' }],
        segments: { email: { resolution: { returns: returns('20%', 0, 'people') } } },
        running: '$1k/month',
      },
      split: {
        parts: {
          text: { ...credited, of: ['chat', 'email'] },
          calls: { ...perResolution, segments: { voice: { counted: { returned: 'credited' } } } },
        },
        traffic: { calls: { chat: '20% to 40%', voice: '75%', email: 0 } },
      },
    },
  },
}

const anyReturns = fc
  .record({
    share: fc.constantFrom<unknown>('10%', '100%', '8% to 15%', 'uniform(0%, 60%)', staged),
    lag: fc.integer({ min: 0, max: 4 }),
    to: fc.constantFrom<'people' | 'ai'>('people', 'ai'),
  })
  .map(({ lag, ...rest }) => ({ ...rest, lag: rest.to === 'ai' ? Math.max(1, lag) : lag }))

interface Choice {
  readonly shared: object
  readonly own: readonly (object | undefined)[]
  readonly credited: readonly boolean[]
}

type Fields = Readonly<Record<string, unknown>>
const within = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})

/** An offer with returns of its own, or with a vendor who credits them, unless it credits re-opened conversations. */
function offerOf(offer: Fields, { own, credited: credits }: Choice, k: number): Fields {
  if (offer.parts !== undefined) {
    const parts = Object.entries(within(offer.parts)).map(([name, part], p) => [
      name,
      offerOf(within(part), { shared: {}, own, credited: credits }, k + p),
    ])
    return { ...offer, parts: Object.fromEntries(parts) }
  }
  const stated = own[k % own.length]
  const counted = within(offer.counted)
  const free = counted.reopened === undefined && !JSON.stringify(offer.segments ?? {}).includes('reopened')
  return {
    ...offer,
    ...(stated && { resolution: { ...within(offer.resolution), returns: stated } }),
    ...(free && credits[k % credits.length] && { counted: { ...counted, returned: 'credited' } }),
  }
}

function returned(plan: Written, choice: Choice): Written {
  // Without a rate, nothing comes back.
  if (plan.resolution === undefined) return plan
  const offers = Object.entries(plan.offers).map(([name, offer], k) => [name, offerOf(within(offer), choice, k)])
  return { ...plan, resolution: { ...within(plan.resolution), returns: choice.shared }, offers: Object.fromEntries(offers) }
}

/** Any plan, whose customers come back. */
export const anyReturning: fc.Arbitrary<Written> = fc
  .tuple(
    fc.oneof(anyScenario, anyContract, anyTimed, anySegmented),
    fc.record({
      shared: anyReturns,
      own: fc.array(fc.option(anyReturns, { nil: undefined }), { minLength: 3, maxLength: 3 }),
      credited: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    }),
  )
  .map(([plan, choice]) => returned(plan, choice))
