// The text of a plan, as billcast reads it.
import { textOf, type Value } from './laws.ts'
import type { Bound, Charge, Contract, Offer, Part, Plan, Rising, Segment, Staff, Stage } from './plans.ts'

const money = (value: Value) => textOf(value, '$')
const rising = ({ escalator }: Rising) => (escalator === undefined ? {} : { escalator: `${textOf(escalator)}/year` })
const bound = ({ amount, per }: Bound, unit: string) => `${unit}${amount}/${per}`

function writtenCharge(charge: Charge, segments: Plan['segments']): object {
  switch (charge.model) {
    case 'unit': {
      const { meter, price, of, minimum, maximum, included } = charge
      return {
        meter,
        ...(of !== undefined && { of: segments?.[of].name }),
        price: money(price),
        ...(minimum && { minimum: bound(minimum, '$') }),
        ...(maximum && { maximum: bound(maximum, '$') }),
        ...(included !== undefined && { included: `${included}/once` }),
        ...rising(charge),
      }
    }
    case 'graduated':
    case 'volume':
      return { meter: charge.meter, [charge.model]: charge.tiers.map((tier) => ({ ...tier, price: money(tier.price) })) }
    case 'package':
      return { meter: charge.meter, package: charge.size, price: money(charge.price) }
    case 'commitment': {
      const { meter, quantity, price, overage } = charge
      return { meter, commitment: bound(quantity, ''), price: money(price), overage: money(overage), ...rising(charge) }
    }
    case 'bundles':
      return {
        meter: charge.meter,
        bundles: charge.tiers.map(({ to, price }) => ({ ...(to !== undefined && { to }), fee: money(price) })),
      }
    case 'seats':
      return { seats: { perAgent: charge.perAgent }, price: `${money(charge.price)}/month` }
    case 'fee':
      return { fee: money(charge.amount), per: charge.per, ...rising(charge) }
  }
}

/** The first year of plans that state none. */
const START = 2027
const monthText = (m: number) => `${START + Math.floor(m / 12)}-${String((((m % 12) + 12) % 12) + 1).padStart(2, '0')}`

function writtenSegment({ base, rate, later, volumeNoise, human, minutes }: Segment): object {
  const until = later && monthText(later.from - 1)
  return {
    conversations: { base: textOf(base), ...(volumeNoise && { noise: volumeNoise }) },
    resolution: { rate: later ? [{ until, value: textOf(rate) }, { value: textOf(later.rate) }] : textOf(rate) },
    ...(human !== undefined && { human: { cost: money(human) } }),
    ...(minutes !== undefined && { human: { minutes } }),
  }
}

function writtenContract(contract: Contract, segments: Plan['segments']): object {
  const { charges, counted, guarantee, refund, from, until, rate, involvement, term, renewals } = contract
  const spend = term?.toDate?.spend
  return {
    ...(charges.length > 0 && { charges: charges.map((charge) => writtenCharge(charge, segments)) }),
    ...(counted && { counted }),
    ...(guarantee && { guarantee }),
    ...(refund && { refund }),
    ...(from !== undefined && { from: monthText(from) }),
    ...(until !== undefined && { until: monthText(until) }),
    ...(rate !== undefined && { resolution: { rate: textOf(rate) } }),
    ...(involvement !== undefined && { involvement: textOf(involvement) }),
    ...(term && {
      term: {
        start: monthText(term.start),
        ...(term.toDate && {
          toDate: { [term.toDate.meter]: term.toDate.quantity, ...(spend !== undefined && { spend: `$${spend}` }) },
        }),
      },
    }),
    ...(renewals && {
      renewals: renewals.map(({ month, change, cap }) => ({
        month: monthText(month),
        change: textOf(change),
        ...(cap !== undefined && { cap }),
      })),
    }),
  }
}

const writtenStages = (stages: readonly Stage[]): object =>
  stages.map(({ until, value }) => ({ ...(until !== undefined && { until: monthText(until) }), value: textOf(value) }))

function writtenOffer({ parts, ...contract }: Offer, segments: Plan['segments']): object {
  if (!parts) return writtenContract(contract, segments)
  const fromEntries = <T>(entry: (part: Part) => readonly (readonly [string, T])[]) => Object.fromEntries(parts.flatMap(entry))
  const traffic = fromEntries(({ name, traffic: own }) => (own ? [[name, writtenStages(own)]] : []))
  const shadow = fromEntries(({ name, shadow: own }) => (own === undefined ? [] : [[name, monthText(own)]]))
  return {
    parts: fromEntries((part) => [[part.name, writtenContract(part, segments)]]),
    ...(Object.keys(traffic).length > 0 && { traffic }),
    ...(Object.keys(shadow).length > 0 && { shadow }),
  }
}

function writtenStaff({ pay, minutes, hours, shrinkage, occupancy, start, attrition, hire, release, shortfall }: Staff): object {
  return {
    ...{ pay: `${money(pay)}/month`, minutes: textOf(minutes), hours: `${hours}/month`, shrinkage: textOf(shrinkage) },
    ...{ occupancy, start, attrition: `${textOf(attrition)}/month`, hire },
    ...(release && { release: 'most' in release ? { ...release, most: `${release.most}/month` } : release }),
    shortfall: money(shortfall),
  }
}

function writtenHuman({ human, cashable, staff }: Plan): object | undefined {
  if (staff) return { staff: writtenStaff(staff) }
  return human === undefined ? undefined : { cost: money(human), ...(cashable !== undefined && { cashable }) }
}

/** The plan as billcast reads it. */
export function writtenPlan(plan: Plan): Readonly<Record<string, unknown>> {
  const { segments, months, growth, volumeNoise, improvement, ceiling, rateNoise, spikes, setbacks, returns, correlation, offers } =
    plan
  const human = writtenHuman(plan)
  return {
    months,
    conversations: {
      ...(!segments && { base: textOf(plan.base) }),
      ...(growth !== 0 && { growth: `${growth * 100}%/month` }),
      ...(volumeNoise && { noise: volumeNoise }),
      ...(spikes && { spikes: { ...spikes, size: textOf(spikes.size) } }),
    },
    resolution: {
      ...(!segments && { rate: textOf(plan.rate) }),
      ...(improvement !== 0 && { improvement: `${improvement * 100}pt/month` }),
      ...(ceiling < 1 && { ceiling }),
      ...(rateNoise && { noise: { sd: `${rateNoise.sd * 100}pt`, autocorrelation: rateNoise.autocorrelation } }),
      ...(setbacks && { setbacks: { ...setbacks, size: textOf(setbacks.size) } }),
      ...(returns && { returns: { ...returns, share: textOf(returns.share) } }),
    },
    ...(segments && { segments: Object.fromEntries(segments.map((segment) => [segment.name, writtenSegment(segment)])) }),
    ...(human && { human }),
    ...(correlation !== undefined && { correlations: [{ between: ['conversations.base', 'resolution.rate'], rho: correlation }] }),
    ...(plan.sampled && { counting: 'sampled' }),
    ...(plan.discountRate !== undefined && { discountRate: plan.discountRate }),
    budget: {
      offer: offers[0].name,
      amount: `$${plan.budget}`,
      confidence: '80%',
      ...(plan.measure === 'total' && { measure: plan.measure }),
    },
    offers: Object.fromEntries(offers.map((offer) => [offer.name, writtenOffer(offer, segments)])),
  }
}
