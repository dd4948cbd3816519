// The schema of a portfolio: many plans, and what they share.
import * as z from 'zod'
import { textField, title } from '../../contract/fields.ts'
import { currencyCode } from '../../contract/schema.ts'
import { placesOf } from '../places.ts'
import { correlation, exchange, runSchema, trialsField } from '../schema.ts'

/** The costs of all plans are kept, so a portfolio has fewer trials than a plan. */
const DEFAULT_TRIALS = 262_144

const plan = z.strictObject({
  file: textField({ label: 'File', help: 'a YAML or JSON file with the plan, next to the portfolio or below it' }).optional(),
  scenario: z.record(z.string(), z.unknown()).optional().meta({ description: 'the plan itself, in place of `file`' }),
  offer: textField({ label: 'Offer', help: 'name of the offer that this plan signs' }),
})

export const portfolioSchema = z.strictObject({
  portfolio: title({ label: 'Name', help: 'name of the portfolio in every output', default: 'portfolio' }),
  currency: currencyCode({ label: 'Currency', help: 'currency of every figure', default: 'USD' }),
  exchange: exchange.optional(),
  plans: z.record(z.string(), plan),
  shared: z
    .array(
      textField({
        label: 'Shared input',
        help: 'name of an input, a noise or an event that is one draw for all plans that have it',
      }),
    )
    .prefault([]),
  correlations: z.array(correlation).prefault([]),
  run: runSchema
    .pick({ seed: true, method: true, measure: true })
    .extend({ trials: trialsField(DEFAULT_TRIALS) })
    .prefault({}),
})

export type RawPortfolio = z.infer<typeof portfolioSchema>

export const portfolioPlaces = () => placesOf(portfolioSchema)
