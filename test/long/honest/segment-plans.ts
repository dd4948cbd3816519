// Random plans with two or three segments: volumes, rates in stages, noises and people of their own, and charges of one segment or of all.
import { meanOf, type Value } from './laws.ts'
import type { Charge, Offer, Plan, Segment } from './plans.ts'
import {
  type Case,
  certainDrivers,
  Dice,
  discrete,
  type Drivers,
  priceLaw,
  rateLaw,
  rounded,
  volumeLaw,
  withOffers,
  withQuote,
} from './random-plans.ts'

const TRIALS = [8_192, 16_384, 32_768] as const
const NAMES = ['chat', 'email', 'voice'] as const
/** Parts of the volume. */
const PARTS = [
  [0.6, 0.4],
  [0.5, 0.3, 0.2],
] as const

/** @param number from 300 on */
export function segmentCase(number: number): Case {
  const dice = new Dice(`plan ${number}`)
  return { number, plan: segmentPlan(dice), trials: dice.pick(TRIALS), seeds: 8 }
}

function segmentOf(dice: Dice, drivers: Drivers, name: string, share: number): Segment {
  const { months } = drivers
  const volume = rounded(meanOf(drivers.base) * share)
  const rate = (): Value => (dice.chance(0.7) ? rateLaw(dice) : dice.between(0.5, 0.8))
  return {
    name,
    base: dice.chance(0.8) ? volumeLaw(dice, volume) : volume,
    rate: rate(),
    ...(months > 1 && dice.chance(0.5) && { later: { from: dice.whole(1, months - 1), rate: rate() } }),
    ...(drivers.human !== undefined && dice.chance(0.4) && { human: dice.between(3, 9) }),
  }
}

/** Each segment pays a price of its own in place of a common one. */
function priced(dice: Dice, offer: Offer, segments: readonly Segment[]): Offer {
  if (dice.chance(0.5)) return offer
  const apart = (charge: Charge): readonly Charge[] => {
    if (charge.model !== 'unit' || typeof charge.price !== 'number' || charge.minimum || charge.maximum) return [charge]
    const { price } = charge
    return segments.map((_, s) => ({ ...charge, of: s, price: rounded(price * (0.8 + 0.2 * s)) }))
  }
  return { ...offer, charges: offer.charges.flatMap(apart) }
}

export function segmentPlan(dice: Dice): Plan {
  const months = dice.pick([3, 6, 12] as const)
  const drivers = certainDrivers(dice, months)
  const parts = dice.pick(PARTS)
  const plain = parts.map((share, s) => segmentOf(dice, drivers, NAMES[s], share))
  // One segment has a noise of its own.
  const noisy = dice.chance(0.7) ? dice.whole(0, plain.length - 1) : undefined
  const noise = { cv: dice.between(0.05, 0.3), autocorrelation: dice.pick([0, 0.6]) }
  const segments = plain.map((segment, s) => ({ ...segment, ...(s === noisy && { volumeNoise: noise }) }))
  const volumes = segments.map(({ base }) => meanOf(base))
  const volume = volumes.reduce((a, b) => a + b, 0)
  const rate = segments.reduce((sum, own, s) => sum + volumes[s] * meanOf(own.rate), 0) / volume
  const whole: Drivers = {
    ...drivers,
    segments,
    base: rounded(volume),
    rate: rounded(rate),
    ...(dice.chance(0.7) && { volumeNoise: { cv: dice.between(0.05, 0.2), autocorrelation: dice.pick([0, 0.5]) } }),
    ...(dice.chance(0.5) && { rateNoise: { sd: dice.pick([0.01, 0.03]), autocorrelation: dice.pick([0, 0.7]) } }),
  }
  const plan = withOffers(dice, whole, dice.whole(2, 3))
  const split = { ...plan, offers: plan.offers.map((offer) => priced(dice, offer, segments)) }
  const quoted = dice.chance(0.4) ? withQuote(dice, split, (usual) => priceLaw(dice, usual)) : split
  return dice.chance(0.3) ? withQuote(dice, quoted, (usual) => discrete(dice, usual)) : quoted
}
