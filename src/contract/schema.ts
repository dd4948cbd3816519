// The schema of an offer: its charges and the terms of the whole.
import { z } from 'zod'
import type { Uncertain } from '../numerics/distributions/distribution.ts'
import { ParameterError } from '../errors.ts'
import { splitPer } from '../notation/per.ts'
import { parseScalar } from '../notation/scalar.ts'
import { parseUncertain } from '../notation/uncertain.ts'
import { chargeSchema } from './charges/index.ts'
import { inRange, moneyPer, notation, plainNumber, plainShare, share, uncertain } from './fields.ts'
import { counted } from './terms/counted.ts'
import { guarantee } from './terms/guarantee.ts'
import { offerMinimum } from './terms/minimum.ts'
import { refund } from './terms/refund.ts'
import { renewal } from './terms/renewal.ts'

const autocorrelation = notation((raw) => {
  const { value } = parseScalar(raw, 'amount')
  if (!(value > -1 && value < 1)) throw new ParameterError('', 'a number between -1 and 1, ends excluded', raw)
  return value
}, 'correlation of one month with the next, between -1 and 1')

const points = (low: number, high: number, what: string) => uncertain('points', low, high, what)
const duration = plainNumber(1, 240, 'a whole number of months from 1 to 240', true)

export const coefficientOfVariation = notation((raw) => {
  const { value } = parseScalar(raw, 'rate')
  if (!(value >= 0 && value <= 10)) throw new ParameterError('', 'a coefficient of variation from 0% to 1000%', raw)
  return value
}, 'standard deviation as a share of the mean')

const standardDeviation = notation((raw) => {
  const { value } = parseScalar(raw, 'points')
  if (!(value >= 0 && value < 0.5)) throw new ParameterError('', 'points from 0pt to 50pt, such as 2pt', raw)
  return value
}, 'standard deviation in points')

export interface Improvement {
  readonly value: Uncertain
  readonly kind: 'points' | 'relative'
  readonly per: 'month' | 'year'
}

/** Whether the text of a value is in points or in per cent decides what an improvement means. */
const improvement = notation((raw): Improvement => {
  const expected = 'points or per cent a month or year, such as 1pt/month or 2%/year'
  const { rest, per } = splitPer(raw)
  if (per !== 'month' && per !== 'year') throw new ParameterError('', expected, raw)
  const text = String(rest)
  const kind = text.includes('pt') ? 'points' : text.includes('%') ? 'relative' : undefined
  if (!kind || (text.includes('pt') && text.includes('%'))) throw new ParameterError('', expected, raw)
  const value = parseUncertain(rest, kind === 'points' ? 'shift' : 'change')
  inRange(value, -1, 1, kind === 'points' ? 'points from -100pt to 100pt' : 'a change from -100% to 100%', raw)
  return { value, kind, per }
}, 'how the rate moves: 1pt/month adds points, 1%/month compounds')

export const noise = z.strictObject({ cv: coefficientOfVariation, autocorrelation: autocorrelation.prefault(0) })
export const spikes = z.strictObject({
  probability: plainShare,
  size: uncertain('amount', 0, 1e6, 'a factor ≥ 0'),
  months: duration.prefault(1),
})

const resolutionKeys = {
  rate: share,
  improvement: improvement.optional(),
  approach: z.enum(['linear', 'saturating']).optional(),
  ceiling: share.optional(),
  noise: z.strictObject({ sd: standardDeviation, autocorrelation: autocorrelation.prefault(0) }).optional(),
  setbacks: z
    .strictObject({ probability: plainShare, size: points(0, 1, 'points from 0pt to 100pt'), months: duration.prefault(1) })
    .optional(),
}
export const resolution = z.strictObject(resolutionKeys)
const offset = uncertain('shift', -1, 1, 'points from -100pt to 100pt')

export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'expected a currency code such as USD')

export const offer = z.strictObject({
  title: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, 'expected text without control characters')
    .optional(),
  source: z.string().optional(),
  resolution: z.strictObject({ ...resolutionKeys, rate: share.optional(), offset: offset.optional() }).optional(),
  offset: offset.optional(),
  currency: currencyCode.optional(),
  counted: counted.optional(),
  charges: z.array(chargeSchema).min(1).max(100),
  minimum: offerMinimum.optional(),
  paid: z.enum(['monthly', 'upfront']).optional().meta({ description: 'how `minimum` is paid: trued up, or first and drawn down' }),
  refund: refund.optional(),
  guarantee: guarantee.optional(),
  renewal: renewal.optional(),
  running: moneyPer.optional(),
})
export type RawOffer = z.infer<typeof offer>
