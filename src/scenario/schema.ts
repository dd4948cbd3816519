// What an analyst writes, field by field. Limits stand here, once.
import { z } from 'zod'
import { catalogue } from '../contract/catalog/index.ts'
import { chargeSchemas } from '../contract/charges/index.ts'
import { amount, inRange, money, month, notation, plainNumber, plainShare, share, staged, uncertain } from '../contract/fields.ts'
import { coefficientOfVariation, currencyCode, noise, offer, resolution, spikes } from '../contract/schema.ts'
import { ParameterError } from '../errors.ts'
import { parseUncertainPer, splitPer } from '../notation/per.ts'
import { parseScalar } from '../notation/scalar.ts'
import { completeJsonSchema } from './json-schema.ts'
import { LIMITS, START } from '../limits.ts'

const growth = notation((raw) => {
  const { value, per } = parseUncertainPer(raw, 'change')
  if (per !== 'month' && per !== 'year') throw new ParameterError('', 'a share a month or year, such as 1%/month', raw)
  inRange(value, -0.999_999, 10, 'a growth between -100% and 1000%', raw)
  return { value, per }
}, 'growth of the expected volume, such as 1%/month')

const discountRate = notation((raw) => {
  const { rest, per } = splitPer(raw)
  if (per !== undefined && per !== 'year') throw new ParameterError('', 'a share a year, such as 8%/year', raw)
  const { value } = parseScalar(rest, 'rate')
  if (!(value > -1 && value <= 10)) throw new ParameterError('', 'a share a year between -100% and 1000%, such as 8%/year', raw)
  return value
}, 'what a payment loses in value by coming a year later, such as 8%/year')

const budget = z
  .strictObject({
    offer: z.string(),
    amount: money,
    confidence: notation((raw) => {
      const { value } = parseScalar(raw, 'rate')
      if (!(value > 0 && value < 1)) throw new ParameterError('', 'a share between 0% and 100% such as 80%', raw)
      return value
    }, 'in how many futures it shall hold, such as 80%').prefault(0.8),
  })
  .meta({ description: "an amount that an offer's horizon shall cost at most: every run says in how many futures it holds" })

const volume = plainNumber(0, LIMITS.quantity, 'a number of conversations ≥ 0')

const conversations = z.strictObject({
  base: amount.optional(),
  growth: growth.optional(),
  seasonality: z
    .array(plainNumber(0, 1e6, 'a factor ≥ 0'))
    .length(12, 'expected twelve factors, January first')
    .optional(),
  monthly: z.union([z.array(volume).min(1), z.string()]).optional(),
  noise: noise.optional(),
  last: plainNumber(Number.MIN_VALUE, LIMITS.quantity, 'a number of conversations above 0')
    .optional()
    .meta({ description: 'conversations of the month before the start, from which the noise goes on' }),
  history: z
    .union([
      z.string(),
      z.strictObject({
        file: z.string(),
        columns: z.partialRecord(z.enum(['month', 'conversations', 'resolutions', 'invoice']), z.string()).optional(),
        since: z.string().optional(),
        until: z.string().optional(),
        partial: z.boolean().optional(),
      }),
    ])
    .optional()
    .meta({ description: 'a CSV file of past months from which the drivers are fitted; what stands beside it takes their place' }),
  bootstrap: z
    .strictObject({
      block: plainNumber(1, 24, 'a whole number of months from 1 to 24', true),
      ratios: z
        .array(plainNumber(0, 1e6, 'a factor ≥ 0'))
        .min(2)
        .max(600)
        .optional(),
    })
    .optional()
    .meta({ description: 'past deviations drawn in blocks of months, in place of noise; `ratios` come from `history`' }),
  spikes: spikes.optional(),
  involvement: staged(share).prefault(1),
  actions: uncertain('amount', 0, 1e6, 'actions per conversation ≥ 0').prefault(1),
})

const trials = notation((raw) => {
  const { value } = parseScalar(raw, 'amount')
  if (!(Number.isInteger(value) && value >= 1 && value <= 2 ** 52))
    throw new ParameterError('', 'a whole number of trials such as 1m', raw)
  return value
}, 'how many futures to sample, such as 1m')

const seed = notation((raw) => {
  if ((typeof raw === 'string' && raw !== '' && raw.length <= 200) || Number.isSafeInteger(raw)) return String(raw)
  throw new ParameterError('', 'a text of up to 200 characters or a whole number', raw)
}, 'seed of the random numbers: a text or a whole number')

export const run = z.strictObject({
  trials: trials.optional(),
  seed: seed.optional(),
  method: z.enum(['sobol', 'latin', 'random']).optional(),
  measure: z.enum(['bill', 'total']).optional(),
  keepTrials: z.boolean().optional(),
  pairs: z.literal('all').optional(),
  preintegration: z.boolean().optional(),
})

export const correlation = z.strictObject({
  between: z.tuple([z.string(), z.string()]),
  rho: notation((raw) => {
    const { value } = parseScalar(raw, 'amount')
    if (!(value >= -1 && value <= 1)) throw new ParameterError('', 'a correlation from -1 to 1', raw)
    return value
  }, 'correlation of the normal scores, from -1 to 1'),
})

export const scenarioSchema = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, 'expected text without control characters')
    .prefault('scenario'),
  currency: currencyCode.prefault('USD'),
  exchange: z
    .record(currencyCode, money)
    .optional()
    .meta({ description: 'what one unit of another currency costs: { EUR: $1.08 }, or a distribution' }),
  start: month.prefault(START),
  months: plainNumber(1, LIMITS.months, `a whole number of months from 1 to ${LIMITS.months}`, true).prefault(12),
  counting: z.enum(['expected', 'sampled']).prefault('expected'),
  conversations,
  resolution: resolution.optional(),
  correlations: z.array(correlation).prefault([]),
  human: z
    .strictObject({
      cost: money,
      uplift: uncertain('rate', 0, 100, 'a share ≥ 0').prefault(0),
      minutes: plainNumber(0, 1e6, 'minutes a contact ≥ 0').optional(),
      cashable: plainShare.prefault(1),
    })
    .optional(),
  discountRate: discountRate.optional(),
  fiscalYearStart: plainNumber(1, 12, 'a month from 1 (January) to 12', true).optional(),
  budget: budget.optional(),
  stress: z
    .record(
      z.string().regex(/^[A-Za-z][\w-]{0,63}$/, 'expected a name such as crisis'),
      z.record(z.string(), z.union([z.string(), z.number()])),
    )
    .optional()
    .meta({ description: 'named what-ifs: { crisis: { conversations.base: 70k } }' }),
  actuals: z
    .union([z.string(), z.strictObject({ file: z.string(), offer: z.string().optional() })])
    .optional()
    .meta({
      description: 'a CSV file of months that are closed: month,conversations and, where they are known, resolutions and invoice',
    }),
  offers: z.record(z.string(), offer),
  run: run.prefault({}),
})

export type RawScenario = z.infer<typeof scenarioSchema>
/** What TypeScript users write: the same object as in YAML. */
export type Scenario = Readonly<Record<string, unknown>>

export { coefficientOfVariation }

/** JSON Schema (2020-12) of a scenario, for editors; an offer may be taken from the catalogue in place of its charges. */
export function scenarioJsonSchema(): object {
  const json = (schema: z.ZodType) =>
    z.toJSONSchema(schema, {
      io: 'input',
      target: 'draft-2020-12',
      unrepresentable: 'any',
      override({ zodSchema, jsonSchema }) {
        if ((zodSchema as unknown) !== offer || !jsonSchema.properties) return
        delete jsonSchema.required
        const { charges } = jsonSchema.properties
        const written = typeof charges === 'object' ? charges : {}
        const changes = { type: 'object', description: 'changes to the charges of an offer of the catalogue, by their id' } as const
        jsonSchema.properties.charges = { anyOf: [written, changes] }
        jsonSchema.properties.catalog = {
          type: 'string',
          enum: [...catalogue.keys()],
          description: 'an offer of the catalogue; what stands beside it takes its place, charges by their id',
        }
      },
    })
  return completeJsonSchema({ ...json(scenarioSchema) }, { anyOf: chargeSchemas().map(json) })
}
