// Random plans in time: parts that follow each other or share the work, terms, renewals and escalators, customers who come back, people on
// the payroll, savings of which a part is cashable, and mixes of these with segments.
import { Biller } from './biller.ts'
import { sum } from './contract.ts'
import { type Law, meanOf, type Value } from './laws.ts'
import type { Charge, Contract, Meter, Offer, Part, Plan, Returns, Staff, Stage } from './plans.ts'
import {
  type Case,
  certainDrivers,
  Dice,
  discrete,
  manyInputs,
  priceLaw,
  rateLaw,
  rounded,
  scaled,
  volumeLaw,
  withOffers,
  withQuote,
} from './random-plans.ts'
import { segmentPlan } from './segment-plans.ts'

export const TIMED = 40
const TRIALS = [8_192, 16_384, 32_768, 65_536, 131_072] as const
/** Plans with many inputs run fewer trials, so that replicates can be three times as precise. */
const FEWER_TRIALS = [8_192, 8_192, 16_384, 16_384, 32_768] as const

type Topic = 'parts' | 'terms' | 'returns' | 'staff' | 'cashable' | 'segments'

/** Plans with one or two continuous inputs take turns with those that have many. */
const TOPICS: readonly (readonly Topic[])[] = [
  ['terms'],
  ['parts'],
  ['returns', 'cashable'],
  ['staff'],
  ['terms', 'cashable'],
  ['parts', 'returns', 'staff'],
  ['staff'],
  ['parts', 'terms', 'segments'],
  ['parts', 'returns'],
  ['parts', 'terms', 'returns', 'staff', 'segments'],
]

/** One plan of eleven, of both kinds in turn, runs with 64 seeds. */
const THOROUGH = 11

/** @param number from that of the first plan of its kind on */
export function timedCase(number: number, first: number): Case {
  const dice = new Dice(`plan ${number}`)
  const k = number - first
  const topics = TOPICS[k % TOPICS.length]
  const few = k % 2 === 0
  const plan = timedPlan(dice, topics, few)
  return { number, plan, trials: dice.pick(few ? TRIALS : FEWER_TRIALS), seeds: k % THOROUGH === 0 ? 64 : 8 }
}

/** A number, or a law with about this mean if the input is one of those that are drawn. */
type Choose = (name: string, usual: number, law: (usual: number) => Law) => Value

const share = (usual: number): Law => ({ kind: 'logitNormal', low: rounded(usual * 0.7), high: rounded(usual * 1.3) })
const evenly = (usual: number): Law => ({ kind: 'uniform', low: rounded(usual * 0.7), high: rounded(usual * 1.3) })

/** The inputs that a topic brings. */
const INPUTS: Readonly<Record<Topic, readonly string[]>> = {
  parts: ['traffic', 'part rate', 'involvement'],
  terms: ['escalator', 'renewal'],
  returns: ['returns'],
  staff: ['pay', 'attrition', 'shrinkage', 'minutes', 'shortfall'],
  cashable: ['human'],
  segments: [],
}

function timedPlan(dice: Dice, topics: readonly Topic[], few: boolean): Plan {
  const own = topics.flatMap((topic) => INPUTS[topic])
  const drawn = new Set(few ? [dice.pick(['base', 'rate']), ...own] : dice.some(own, 4))
  // A plan with few inputs draws at most one of those that its topics bring.
  let left = few ? dice.pick([0, 1, 1]) : Infinity
  const choose: Choose = (name, usual, law) => {
    if (!drawn.has(name)) return usual
    if (own.includes(name) && (left === 0 || (few && dice.chance(0.4)))) return usual
    if (own.includes(name)) left--
    return law(usual)
  }
  const start = topics.includes('segments') ? segmentPlan(dice) : few ? fewInputs(dice, choose) : whole(manyInputs(dice))
  let plan: Plan = { ...start, quarters: true }
  if (topics.includes('cashable'))
    plan = {
      ...plan,
      human: choose('human', dice.between(3, 7), (usual) => priceLaw(dice, usual)),
      cashable: dice.between(0.3, 0.8),
    }
  if (topics.includes('staff')) plan = withStaff(dice, plan, choose)
  if (topics.includes('returns')) plan = withReturns(dice, plan, choose)
  if (topics.includes('terms')) plan = { ...plan, offers: plan.offers.map((offer) => withTerm(dice, plan, offer, choose)) }
  if (topics.includes('parts')) plan = withParts(dice, plan, choose)
  const measure = topics.includes('cashable') || (plan.staff && dice.chance(0.6)) ? 'total' : plan.measure
  return balanced(dice, { ...plan, measure })
}

/** Sampled counts have no parts of a conversation that come back. */
const whole = ({ sampled: _, ...plan }: Plan): Plan => plan

/** Four offers of about the same cost, of which one price may be a rare one. */
function fewInputs(dice: Dice, choose: Choose): Plan {
  const drivers = certainDrivers(dice, dice.pick([6, 12] as const))
  const usual = meanOf(drivers.base)
  const base = choose('base', usual, (size) => volumeLaw(dice, size))
  const rate = choose('rate', meanOf(drivers.rate), () => rateLaw(dice))
  const plan = withOffers(dice, { ...drivers, base, rate }, 4)
  return dice.chance(0.5) ? withQuote(dice, plan, (price) => discrete(dice, price)) : plan
}

interface Typical {
  readonly bill: number
  readonly people: number
}

/** What each offer costs with every input at its mean. */
function typicalCosts({ rateNoise: _, ...plan }: Plan): readonly Typical[] {
  const scores = Array<number>(plan.months).fill(0)
  const ownScores = plan.segments?.map(() => scores) ?? []
  const year = new Biller(plan).year({ value: meanOf, volumeScores: scores, rateScores: scores, ownScores })
  const counted = plan.measure === 'total' ? 1 : 0
  return year.offers.map(({ totals, people }) => ({ bill: sum(totals.bills), people: counted * sum(people) }))
}

/** Offers of about the same cost, so that the cheapest is in doubt, and a budget of about that cost. */
function balanced(dice: Dice, plan: Plan): Plan {
  const costs = typicalCosts(plan)
  const target = costs[0].bill + costs[0].people
  const offers = plan.offers.map((offer, k) => {
    const { bill, people } = costs[k]
    const factor = ((target - people) / bill) * dice.between(0.97, 1.03)
    return k > 0 && factor > 0.2 && factor < 5 ? scaled(offer, factor) : offer
  })
  return { ...plan, offers, budget: rounded(target * dice.between(0.97, 1.05)) }
}

function withStaff(dice: Dice, { human: _, cashable: _cashable, ...plan }: Plan, choose: Choose): Plan {
  const [hours, occupancy, shrinkage, minutes] = [160, 0.85, dice.between(0.25, 0.35), dice.between(6, 12)]
  const need = (meanOf(plan.base) * minutes) / 60 / (hours * (1 - shrinkage) * occupancy)
  const cost = dice.pick([0, 3000, 9000])
  const released = dice.pick(['never', 'some', 'some', 'at once'] as const)
  const staff: Staff = {
    pay: choose('pay', dice.between(4000, 6000), (usual) => priceLaw(dice, usual)),
    minutes: choose('minutes', minutes, evenly),
    ...{ hours, occupancy },
    shrinkage: choose('shrinkage', shrinkage, share),
    start: rounded(need * dice.between(0.5, 1.05)),
    attrition: choose('attrition', dice.between(0.01, 0.05), share),
    hire: { lag: dice.pick([0, 1, 2, 3]), ramp: dice.pick([0, 1, 2]), cost: dice.pick([0, 4000]) },
    ...(released === 'some' && { release: { most: rounded(need * dice.between(0.02, 0.1)), notice: dice.pick([0, 1, 2]), cost } }),
    ...(released === 'at once' && { release: { immediate: true as const, cost } }),
    shortfall: choose('shortfall', dice.between(5, 9), evenly),
  }
  const segments = plan.segments?.map(({ human: _own, ...segment }) => ({
    ...segment,
    ...(dice.chance(0.5) && { minutes: dice.between(5, 15) }),
  }))
  return { ...plan, staff, ...(segments && { segments }) }
}

function withReturns(dice: Dice, plan: Plan, choose: Choose): Plan {
  const to = dice.pick(['people', 'ai'] as const)
  const usual = dice.between(0.05, 0.15)
  const returns: Returns = { share: choose('returns', usual, share), lag: dice.whole(to === 'ai' ? 1 : 0, 3), to }
  const kept = (threshold: number) => rounded(threshold * (1 - usual))
  const offers = plan.offers.map((offer): Offer => {
    const { guarantee, refund, counted } = offer
    const { reopened: _, ...others } = counted ?? { resolved: 1, unresolved: 0 }
    return {
      ...offer,
      ...(guarantee && { guarantee: { ...guarantee, notAbove: kept(guarantee.notAbove) } }),
      ...(refund && { refund: { ...refund, below: kept(refund.below) } }),
      ...(dice.chance(0.5) && { counted: { ...others, returned: 'credited' as const } }),
    }
  })
  return { ...plan, returns, offers }
}

const meterOf = (charge: Charge): Meter | undefined => ('meter' in charge ? charge.meter : undefined)

/** Whether a charge has an amount for a year. */
const isYearly = (charge: Charge): boolean =>
  charge.model === 'commitment'
    ? charge.quantity.per === 'year'
    : charge.model === 'unit' && [charge.minimum, charge.maximum].some((bound) => bound?.per === 'year')

/** A contract whose year began before the plan or begins in it, whose prices rise, or of which some units are free. */
function withTerm(dice: Dice, plan: Plan, offer: Offer, choose: Choose): Offer {
  const volume = meanOf(plan.base)
  const start = dice.pick([-9, -6, -4, -2, 0, 1])
  const dated = dice.chance(0.6)
  const yearly = offer.charges.find(isYearly)
  const meter = yearly && meterOf(yearly)
  const month = volume * (meter === 'resolutions' ? meanOf(plan.rate) : 1)
  const spend = offer.charges.length === 1 && yearly?.model === 'unit' && dice.chance(0.5)
  const quantity = rounded(month * -start * dice.between(0.8, 1.2))
  const price = yearly?.model === 'unit' ? meanOf(yearly.price) : 0
  const toDate = meter && start < 0 && { toDate: { meter, quantity, ...(spend && { spend: rounded(quantity * price) }) } }
  const free = rounded(volume * dice.between(0.3, 2))
  const rising = dice.chance(0.7)
  const escalator = () => choose('escalator', dice.between(0.03, 0.08), (usual) => ({ kind: 'normal', mean: usual, sd: 0.01 }))
  const charges = offer.charges.map((charge): Charge => {
    if (charge.model !== 'unit' && charge.model !== 'commitment' && charge.model !== 'fee') return charge
    const raised = rising && dated && start < 0 ? { ...charge, escalator: escalator() } : charge
    return raised.model === 'unit' && !dated && dice.chance(0.6) ? { ...raised, included: free } : raised
  })
  const change = () => choose('renewal', dice.between(0.02, 0.08), (usual) => ({ kind: 'normal', mean: usual, sd: 0.03 }))
  const months = dice.some(
    Array.from({ length: plan.months - 1 }, (_, m) => m + 1),
    dice.pick([0, 1, 2]),
  )
  const renewals = months.map((at) => ({ month: at, change: change(), ...(dice.chance(0.5) && { cap: 0.06 }) }))
  return {
    ...offer,
    charges,
    ...(dated && { term: { start, ...toDate } }),
    ...(renewals.length > 0 && { renewals }),
  }
}

/** Joins the first two offers as parts of one: after each other, beside each other, or with drawn shares. */
function withParts(dice: Dice, plan: Plan, choose: Choose): Plan {
  const [first, second, ...others] = plan.offers
  const { months } = plan
  const involvement = dice.chance(0.5) && { involvement: choose('involvement', dice.between(0.8, 0.9), nearly) }
  const rate = dice.chance(0.6) && { rate: choose('part rate', meanOf(plan.rate), () => rateLaw(dice)) }
  const [old, next] = [
    { ...contractOf(first), ...involvement, name: 'old' },
    { ...contractOf(second), ...rate, name: 'new' },
  ]
  const traffic = (usual: number) => choose('traffic', usual, evenly)
  const parts = (): readonly Part[] => {
    switch (dice.pick(['switch', 'switch', 'beside', 'drawn'] as const)) {
      case 'switch': {
        const until = dice.whole(1, months - 2)
        const from = dice.whole(0, until - 1)
        const stages: readonly Stage[] = [
          { until: from, value: dice.between(0.1, 0.3) },
          { until, value: traffic(dice.between(0.4, 0.6)) },
          { value: 1 },
        ]
        const { term: _, ...begun } = next
        return [
          { ...old, until },
          { ...begun, from, traffic: stages, ...(dice.chance(0.4) && { shadow: from }) },
        ]
      }
      case 'beside':
        return [old, { ...next, traffic: [{ value: traffic(dice.between(0.2, 0.6)) }] }]
      case 'drawn':
        return [
          { ...old, traffic: [{ value: dice.between(0.5, 0.7) }] },
          { ...next, traffic: [{ value: traffic(dice.between(0.3, 0.5)) }] },
        ]
    }
  }
  // The second offer stays as a rival, if there is no other. Its laws are inputs of their own.
  return {
    ...plan,
    offers: [{ name: first.name, charges: [], parts: parts() }, ...(others.length > 0 ? others : [structuredClone(second)])],
  }
}

const nearly = (usual: number): Law => ({ kind: 'uniform', low: rounded(usual - 0.1), high: rounded(usual + 0.1) })

const contractOf = ({ name: _, parts: _parts, ...contract }: Offer): Contract => contract
