// The schema of an offer: its charges and the terms of the whole.
import { monthsWords } from '../months.ts'
import * as z from 'zod'
import type { Uncertain } from '../numerics/distributions/distribution.ts'
import { ParameterError } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { splitPer } from '../notation/per.ts'
import { parseUncertain } from '../notation/uncertain.ts'
import { catalog } from './catalog/index.ts'
import { chargeSchema } from './charges/index.ts'
import { type FieldOptions, inRange } from './field.ts'
import {
  choice,
  countField,
  factor,
  field,
  known,
  plainNumber,
  plainPoints,
  plainShare,
  points,
  uncertainShare,
  shift,
  stagedMoneyPer,
  textField,
  title,
} from './fields.ts'
import { of, quantities } from './meters.ts'
import { offerParts, shadow, traffic } from './parts.ts'
import { offerFrom, offerUntil } from './modifiers/dates.ts'
import { term } from './modifiers/term.ts'
import { returns } from './returns.ts'
import { counted, countedOnce } from './terms/counted.ts'
import { guarantee } from './terms/guarantee.ts'
import { offerMinimum } from './terms/minimum.ts'
import { refund } from './terms/refund.ts'
import { renewal, renewals } from './terms/renewal.ts'

/** A number in the report's assumptions. */
export const sixDigits = (value: number): string => String(Number(value.toPrecision(6)))

const autocorrelation = plainNumber({
  label: 'Autocorrelation',
  help: 'correlation between one month and the next, between -1 and 1',
  range: [-1, 1],
  excludes: [-1, 1],
  expected: 'a number above -1 and below 1, such as 0.5',
  default: 0,
  words: (value) => `each month like the one before (autocorrelation ${value})`,
  stated: (value: number) => `autocorrelation ${sixDigits(value)}`,
})

const PROBABILITY = {
  label: 'Probability per month',
  help: 'probability that one starts in a given month, such as 4%',
  words: (value: string) => `starting in ${value} of months`,
} as const satisfies FieldOptions

const duration = countField({
  label: 'Months',
  help: 'number of months that it lasts, including the first',
  words: (value) => `lasting ${monthsWords(value)}`,
  range: [1, LIMITS.months],
  noun: 'a whole number of months',
  default: 1,
})

export interface Improvement {
  readonly value: Uncertain
  readonly kind: 'points' | 'relative'
  readonly per: 'month' | 'year'
}

const IMPROVEMENT = {
  label: 'Improvement',
  help: 'change of the rate over time: 1pt/month adds points, 1%/month compounds',
  staged: true,
  range: [-1, 1],
  drawn: 'trial',
  periods: ['month', 'year'],
  expected: 'points or a percentage per month or year, such as 1pt/month or 2%/year',
  words: (value: string) => courseWords('rising', value),
} as const satisfies FieldOptions

/** A change over time in words. @param up how one names a rise */
export const courseWords = (up: string, value: string): string => {
  if (/ to | then /.test(value)) return `changing by ${value}`
  return value.startsWith('-') ? `falling ${value.slice(1)}` : `${up} ${value}`
}

/** The unit in the text, points or percent, decides what an improvement means. */
const improvement = <const O extends FieldOptions>(options: O) =>
  field('trend', options, (raw, about): Improvement => {
    const { rest, per } = splitPer(raw)
    if (per !== 'month' && per !== 'year') throw new ParameterError('', about.expected, raw)
    const written = String(rest)
    const kind = written.includes('pt') ? 'points' : written.includes('%') ? 'relative' : undefined
    if (!kind || (written.includes('pt') && written.includes('%'))) throw new ParameterError('', about.expected, raw)
    const value = parseUncertain(rest, kind === 'points' ? 'shift' : 'change')
    const expected = kind === 'points' ? 'points from -100pt to 100pt' : 'a change from -100% to 100%'
    inRange(value, { ...about, expected }, raw)
    return { value, kind, per }
  })

export const noise = z
  .strictObject({
    cv: plainShare({
      label: 'Coefficient of variation',
      help: 'standard deviation as a share of the mean, such as 8%',
      range: [0, 10],
      expected: 'a coefficient of variation from 0% to 1000%',
      words: (value) => `standard deviation ${value} of the expected volume`,
      stated: (value: number) => `cv ${sixDigits(value)}`,
    }),
    autocorrelation,
  })
  .meta({ description: 'variation of volumes from month to month around the expected level' })

export const spikes = z
  .strictObject({
    probability: plainShare({ ...PROBABILITY, stated: (value: number) => `probability ${sixDigits(value)} a month` }),
    size: factor({
      label: 'Size of a spike',
      help: 'factor on the volume during a spike, such as 1.2 to 1.8; each spike draws its own',
      range: [0, 1e6],
      noun: 'a factor',
      drawn: 'month',
      words: (value) => `volume times ${value}`,
      stated: true,
    }),
    months: duration,
  })
  .meta({ description: 'rare months of higher volume' })

const RATE = {
  label: 'Resolution rate',
  help: "share of the AI's conversations that it resolves, such as 60% to 70%",
  staged: true,
  words: (value: string) => `${value} at the start`,
} as const satisfies FieldOptions
const CEILING = {
  label: 'Ceiling',
  help: 'highest rate that the improvement can reach, such as 85%',
  staged: true,
  words: (value: string) => `never above ${value}`,
} as const satisfies FieldOptions
const APPROACH = {
  label: 'Approach',
  help: 'whether the rate rises linearly to its ceiling, or ever more slowly',
  words: (value: string) => (value === 'saturating' ? 'ever more slowly (saturating)' : 'in equal steps (linear)'),
} as const satisfies FieldOptions
const APPROACHES = ['linear', 'saturating'] as const

/** Keys of the shared resolution and of an offer's own, which states only its differences. */
export const resolutionFields = {
  rate: uncertainShare(RATE).optional(),
  improvement: improvement(IMPROVEMENT).optional(),
  approach: choice(APPROACHES, APPROACH).optional(),
  ceiling: uncertainShare(CEILING).optional(),
  noise: z
    .strictObject({
      sd: plainPoints({
        label: 'Standard deviation',
        help: 'standard deviation of the rate in points, such as 2pt; the mean stays as stated',
        range: [0, 0.5],
        excludes: [0.5],
        expected: 'points from 0pt to 50pt, such as 2pt',
        words: (value) => `standard deviation ${value}`,
        stated: (value: number) => `sd ${sixDigits(value)}`,
      }),
      autocorrelation,
    })
    .optional()
    .meta({ description: 'variation of the rate from month to month' }),
  setbacks: z
    .strictObject({
      probability: plainShare(PROBABILITY),
      size: points({
        label: 'Size of a setback',
        help: 'points by which the rate falls, such as 5pt; each setback draws its own',
        drawn: 'month',
        words: (value) => `the rate falls by ${value}`,
      }),
      months: duration,
    })
    .optional()
    .meta({ description: 'rare drops of the rate, after which it recovers' }),
  returns: returns.optional(),
}

const RATE_SLIDER = { least: 0, most: 2 }

/** What a segment states of it. */
export const segmentResolution = z.strictObject({
  ...resolutionFields,
  rate: uncertainShare({ ...RATE, slider: RATE_SLIDER }).optional(),
})

export const resolution = z.strictObject({
  ...resolutionFields,
  rate: uncertainShare({ ...RATE, slider: RATE_SLIDER, stated: true }).optional(),
  improvement: improvement({ ...IMPROVEMENT, slider: { least: 0, most: 3 } }).optional(),
  approach: choice(APPROACHES, { ...APPROACH, default: 'linear' }),
  ceiling: uncertainShare({ ...CEILING, default: 1 }),
})

const OFFSET = {
  label: 'Offset',
  help: "difference between this offer's rate and the shared one, such as -5pt",
  staged: true,
  words: (value: string) => `resolution rate ${value} from the shared one`,
} as const satisfies FieldOptions

export const CODE = z.string().regex(/^[A-Z]{3}$/, 'expected a currency code such as USD')

export const currencyCode = <const O extends FieldOptions>(options: O) => known(CODE.clone(), 'text', options)

export const INVOLVEMENT = {
  label: 'Involvement',
  help: 'share of conversations that the AI takes part in, such as 85%',
  staged: true,
  words: (value: string) => `the AI takes part in ${value} of conversations`,
} as const satisfies FieldOptions

/** What an offer states for one segment. */
const offerSegment = z.strictObject({
  resolution: z
    .strictObject({ ...resolutionFields, offset: shift(OFFSET).optional() })
    .optional()
    .meta({ description: "this offer's resolution in the segment; its keys replace those of the offer" }),
  involvement: uncertainShare(INVOLVEMENT).optional(),
  counted: countedOnce.optional(),
})

const terms = {
  title: title({ label: 'Title', help: 'name of the offer in reports', otherwise: 'its key' }).optional(),
  source: textField({ label: 'Source', help: 'origin of the offer, such as a quote' }).optional(),
  resolution: z
    .strictObject({ ...resolutionFields, offset: shift(OFFSET).optional() })
    .optional()
    .meta({ description: "this offer's own resolution; its keys replace those of the shared one" }),
  offset: shift({ ...OFFSET, help: `${OFFSET.help}; short for resolution.offset` }).optional(),
  of: of.optional(),
  from: offerFrom.optional(),
  until: offerUntil.optional(),
  term: term.optional(),
  involvement: uncertainShare({ ...INVOLVEMENT, help: `${INVOLVEMENT.help}, with this offer` }).optional(),
  quantities: quantities.optional(),
  segments: z
    .record(z.string(), offerSegment)
    .optional()
    .meta({ description: 'what this offer does in a segment, by its name: resolution, involvement, counted' }),
  currency: currencyCode({
    label: 'Currency',
    help: 'currency of its amounts',
    otherwise: "the scenario's",
    words: (value) => `billed in ${value}`,
  }).optional(),
  counted: counted.prefault({}),
  charges: z.array(chargeSchema).min(1).max(LIMITS.charges),
  minimum: offerMinimum.optional(),
  paid: choice(['monthly', 'upfront'], {
    label: 'Paid',
    words: (value) => (value === 'upfront' ? 'the minimum is billed upfront' : 'the minimum is trued up (monthly)'),
    help: 'whether `minimum` is trued up at the end of each period, or billed upfront and drawn down',
    otherwise: 'monthly',
  }).optional(),
  refund: refund.optional(),
  guarantee: guarantee.optional(),
  renewal: renewal.optional(),
  renewals: renewals.optional(),
  running: stagedMoneyPer({
    label: 'Running cost',
    words: (value) => `running it costs you ${value}`,
    help: "the buyer's own cost of running it, such as $4k/month; part of `total`, not of `bill`",
    periods: ['month', 'year'],
  }).optional(),
  catalog: choice([...catalog.keys()], {
    label: 'Catalog',
    help: 'an offer of the catalog; the other keys here replace its own, and charges are changed by their id',
    expected: 'the name of an offer in the catalog',
  }).optional(),
}

/** An offer without parts: one contract. */
export const part = z.strictObject(terms)
export type RawPart = z.infer<typeof part>

export const offer = z
  .strictObject({
    ...terms,
    charges: terms.charges.optional(),
    parts: offerParts(part).optional(),
    traffic: traffic.optional(),
    shadow: shadow.optional(),
  })
  .superRefine(({ charges, parts }, context) => {
    if (charges === undefined && parts === undefined)
      context.addIssue({ code: 'invalid_type', expected: 'array', path: ['charges'], input: undefined })
  })
export type RawOffer = z.infer<typeof offer>
