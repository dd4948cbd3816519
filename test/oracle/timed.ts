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

export const everyTimed: Readonly<Record<string, Written>> = {
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

const months = fc.constantFrom<object>({}, {}, { from: '2027-03' }, { until: '2027-08' }, { from: '2027-02', until: '2028-01' })

/** Contracts of every kind that begin or end in the plan. */
export const anyTimed: fc.Arbitrary<Written> = fc.tuple(anyContract, fc.array(months, { minLength: 3, maxLength: 3 })).map(
  ([plan, times]): Written => ({
    ...plan,
    offers: Object.fromEntries(
      Object.entries(plan.offers).map(([name, offer], k) => [name, { ...(offer as object), ...times[k] }]),
    ),
  }),
)
