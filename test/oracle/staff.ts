// Plans with people on the payroll, on which engine and oracle are compared: some by hand that use every term, and a generator.
import fc from 'fast-check'
import type { Written } from './scenarios.ts'

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const stages = (value: unknown, next: unknown) => [{ until: '2027-02', value }, { value: next }]
const some = (...values: readonly unknown[]) => fc.constantFrom<unknown[]>(...values)
const delay = fc.integer({ min: 0, max: 4 })

/** People on the payroll, with any of their terms. */
export const anyStaff: fc.Arbitrary<object> = fc.record({
  pay: some(
    '$5200/month',
    'uniform(40000, 70000)/year',
    stages('$5k/month', '$4k to $6k/month'),
    { value: '$15k/quarter', escalator: '4%/year' },
    { value: '$4k to $6k/month', escalator: 'uniform(0%, 8%)/year' },
  ),
  minutes: some(9, '6 to 12', stages(5, '8 to 9')),
  hours: some('160/month', '1900/year', 'uniform(140, 170)/month', stages('160/month', '1800/year')),
  shrinkage: optional(some('30%', '26% to 34%', stages('10%', '20% to 30%'))),
  occupancy: optional(some('85%', '80% to 90%')),
  start: optional(some(0, 50, '20 to 80')),
  attrition: optional(some('3%/month', '30%/year', '1% to 4%/month', stages('2%/month', '20% to 40%/year'))),
  hire: optional(fc.record({ lag: delay, ramp: delay, cost: optional(some('$4k', '$2k to $5k')) })),
  release: optional(
    fc.oneof(
      fc.record({
        most: optional(some('3/month', '60/year', '1 to 9/month', stages('0/month', '40/month'))),
        notice: optional(delay),
        cost: optional(some('$9k', stages('$5k', '$6k to $9k'))),
      }),
      fc.record({ immediate: fc.constant(true), cost: optional(some('$9k')) }),
    ),
  ),
  shortfall: some('$7.50', '$5 to $9', 0),
})

const drivers = {
  months: 16,
  conversations: { base: '40k to 60k', noise: { cv: '15%', autocorrelation: 0.5 }, growth: '-1%/month' },
  resolution: { rate: '45% to 65%', improvement: '2pt/month', ceiling: '85%' },
}
const offers = {
  fin: {
    charges: [{ meter: 'resolutions', price: '$0.99' }],
  },
  slow: {
    involvement: [{ until: '2027-03', value: '10%' }, { until: '2027-08', value: '50%' }, { value: '100%' }],
    charges: [{ meter: 'resolutions', price: '$0.99', limit: '20k/month' }],
    running: '$4k/month',
  },
}
const full = {
  pay: { value: '$4500 to $5500/month', escalator: '2% to 6%/year' },
  minutes: '8 to 10',
  hours: '160/month',
  shrinkage: '26% to 34%',
  occupancy: '85%',
  start: 90,
  attrition: '1% to 3%/month',
  hire: { lag: 2, ramp: 2, cost: '$3k to $5k' },
  release: { most: '4/month', notice: 2, cost: '$8k' },
  shortfall: '$7.50',
}

const { start: _, ...unstarted } = full

export const everyStaff: Readonly<Record<string, Written>> = {
  'people on the payroll with every term': { ...drivers, human: { uplift: '10% to 20%', staff: full }, offers },
  'people on the payroll who come and go at once': {
    ...drivers,
    human: { staff: { ...full, hire: { ramp: 1, cost: '$3k' }, release: { immediate: true, cost: '$8k' } } },
    offers,
  },
  'a long notice, a short lag and a start by default': {
    ...drivers,
    human: { staff: { ...unstarted, hire: { lag: 1 }, release: { notice: 5 }, attrition: '20%/year' } },
    offers,
  },
  'a pool of two segments, one of its own, and one by cost': {
    ...drivers,
    conversations: { noise: { cv: '10%' } },
    human: { staff: full, uplift: '20%' },
    segments: {
      chat: { conversations: { base: '20k to 30k' }, human: { minutes: '5 to 7' } },
      email: { conversations: { base: '15k' }, resolution: { rate: '30%' } },
      phone: { conversations: { base: '9k' }, human: { staff: { ...unstarted, minutes: 12 }, uplift: '5%' } },
      social: { conversations: { base: '5k' }, human: { cost: '$4 to $6', cashable: '40%' } },
    },
    offers,
  },
  'a cost for contacts of which a part is cashable, in stages': {
    ...drivers,
    human: { cost: '$5 to $7', uplift: '20%', cashable: [{ until: '2027-06', value: '20%' }, { value: '70%' }] },
    offers,
  },
}
