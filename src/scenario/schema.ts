// The schema of a plan: every field with its limits, default, label and help.
import * as z from 'zod'
import {
  choice,
  countField,
  field,
  flag,
  known,
  money,
  month,
  plainNumber,
  plainShare,
  textField,
  title,
  yearly,
} from '../contract/fields.ts'
import { CODE, currencyCode, offer, resolution } from '../contract/schema.ts'
import { isVisible, ParameterError } from '../errors.ts'
import { CALENDAR_MONTHS } from '../months.ts'
import { DEFAULT_MONTHS, LIMITS, START } from '../limits.ts'
import { parseScalar } from '../notation/scalar.ts'
import { DECIMALS } from '../notation/table/numbers.ts'
import { conversations } from './conversations-schema.ts'
import { ledger } from './ledger-schema.ts'
import { human, segment } from './segment-schema.ts'

export { conversations, history } from './conversations-schema.ts'
export type { RawSegment } from './segment-schema.ts'

// A plan is read once, so code compiled from schemas takes longer than it saves. The report's page also forbids it.
z.config({ jitless: true })

const budget = z
  .strictObject({
    offer: textField({ label: 'Offer', help: 'name of the offer that the budget is for', words: (value) => `for ${value}` }),
    amount: money({ label: 'Budget', help: 'largest amount over the plan, such as $480k', drawn: 'never' }),
    confidence: plainShare({
      label: 'Confidence',
      words: (value) => `to hold in ${value} of trials`,
      help: 'share of trials in which the budget should be enough, such as 80%',
      excludes: [0, 1],
      expected: 'a share above 0% and below 100%, such as 80%',
      default: 0.8,
    }),
    measure: choice(['bill', 'total'], {
      label: 'Measure',
      words: (value) => (value === 'total' ? 'for the total cost' : "for the vendor's bill"),
      help: 'amount that the budget pays for, whatever offers are compared by',
      default: 'bill',
    }),
  })
  .meta({ description: 'a budget for one offer over the plan; every run reports the share of trials in which it is enough' })

const decimal = ({ help }: { readonly help: string }) =>
  choice(DECIMALS, { label: 'Decimal sign', help, otherwise: 'as the file shows' })

export const trialsField = (otherwise: number) =>
  field(
    'count',
    {
      label: 'Trials',
      help: 'number of trials, such as 1m',
      range: [1, 2 ** 52],
      expected: 'a whole number of trials such as 1m',
      default: otherwise,
    },
    (raw, { expected, range: [, most] }): number => {
      const { value } = parseScalar(raw, 'amount')
      if (!(Number.isInteger(value) && value >= 1 && value <= most)) throw new ParameterError('', expected, raw)
      return value
    },
  )

export const runSchema = z.strictObject({
  trials: trialsField(1_000_000),
  seed: field(
    'text',
    {
      label: 'Seed',
      help: 'text or whole number that fixes the random numbers',
      expected: 'a text of up to 200 visible characters or a whole number',
      default: 'billcast',
    },
    (raw, { expected }): string => {
      if ((typeof raw === 'string' && raw !== '' && raw.length <= 200 && isVisible(raw)) || Number.isSafeInteger(raw))
        return String(raw)
      throw new ParameterError('', expected, raw)
    },
  ),
  method: choice(['sobol', 'latin', 'random'], { label: 'Method', help: 'sampling method of the trials', default: 'sobol' }),
  measure: choice(['bill', 'total'], { label: 'Measure', help: 'amount that offers are compared by', default: 'bill' }),
  keepTrials: flag({
    label: 'Keep trials',
    help: 'whether to keep the cost of every trial',
    otherwise: 'if they fit into memory',
  }).optional(),
  pairs: known(z.literal('all'), 'choice', {
    label: 'Pairs',
    help: '`all` compares every pair of offers',
    expected: 'all',
    otherwise: 'pairs of up to 12 offers',
  }).optional(),
  preintegration: flag({ label: 'Pre-integration', help: 'whether to integrate the headline figures', default: true }),
})

export const correlation = z.strictObject({
  between: z.tuple([
    textField({ label: 'One input', help: 'name of an uncertain input or of a monthly noise' }),
    textField({ label: 'Other input', help: 'name of another one' }),
  ]),
  rho: plainNumber({
    label: 'Correlation',
    help: 'correlation of the two inputs in the stated measure, from -1 to 1; of two noises, that of their levels in every month',
    range: [-1, 1],
    expected: 'a correlation from -1 to 1',
  }),
  measure: choice(['normal', 'spearman', 'pearson'], {
    label: 'Measure of correlation',
    help: '`normal`: rho is the correlation of normal scores; `spearman`: of ranks; `pearson`: of the values themselves',
    default: 'normal',
  }),
})

const copula = z
  .strictObject({
    t: plainNumber({
      label: 'Degrees of freedom',
      help: 'degrees of freedom of a t copula: the fewer, the more often extreme values come together; 4 is strong, 30 is weak',
      range: [2, 1000],
      expected: 'degrees of freedom from 2 to 1000, such as 4',
    }),
  })
  .meta({ description: 'joins the inputs that `correlations` names in their tails as well; absent: a Gaussian copula' })

export const exchange = z
  .record(CODE, money({ label: 'Exchange rate', help: 'price of one unit of another currency, such as $1.08' }))
  .meta({ description: 'prices of other currencies, such as { EUR: $1.08 }, or distributions' })

export const scenarioSchema = z.strictObject({
  name: title({ label: 'Name', help: 'name of the plan in every output', default: 'scenario' }),
  currency: currencyCode({ label: 'Currency', help: 'currency of every figure', default: 'USD' }),
  exchange: exchange.optional(),
  start: month({ label: 'Start', help: 'first month, such as 2027-01', default: START }),
  months: countField({
    label: 'Months',
    help: 'number of months',
    range: [1, LIMITS.months],
    noun: 'a whole number of months',
    default: DEFAULT_MONTHS,
  }),
  decimal: decimal({
    help: 'sign before the decimals of numbers in the CSV files that the plan names, if they do not show it',
  }).optional(),
  counting: choice(['expected', 'sampled'], {
    label: 'Counting',
    help: 'whether months have expected counts, or draw whole conversations and resolutions',
    default: 'expected',
  }),
  conversations: conversations.prefault({}),
  resolution: resolution.optional(),
  correlations: z.array(correlation).prefault([]),
  copula: copula.optional(),
  human: human.optional(),
  segments: z.record(z.string(), segment).optional().meta({
    description: 'streams of conversations with volumes, rates and people of their own: channels, brands, regions, languages',
  }),
  discountRate: yearly('share', 'a share per year, such as 8%/year', {
    label: 'Discount rate',
    help: 'discount of later payments, such as 8%/year; adds present values to the results',
    range: [-1, 10],
    excludes: [-1],
    expected: 'a share between -100% and 1000% a year, such as 8%/year',
    words: (value) => `${value.replace(/ a year$/, '')} a year`,
  }).optional(),
  fiscalYearStart: countField({
    label: 'Fiscal year',
    help: 'month from 1 to 12 in which fiscal years begin; adds fiscal years to the results',
    range: [1, 12],
    expected: 'a month from 1 (January) to 12',
    words: (value) => `begins in ${CALENDAR_MONTHS[Number(value) - 1] ?? value}`,
  }).optional(),
  budget: budget.optional(),
  ledger: ledger.optional(),
  stress: z
    .record(
      z.string().regex(/^[A-Za-z][\w-]{0,63}$/, 'expected a name such as crisis'),
      z.record(z.string(), z.union([z.string(), z.number()])),
    )
    .optional()
    .meta({ description: 'named what-if cases, such as { crisis: { conversations.base: 70k } }' }),
  actuals: z
    .union([
      textField({ label: 'Actuals', help: 'a CSV file of closed months' }),
      z.strictObject({
        file: textField({ label: 'Actuals', help: 'a CSV file of closed months' }),
        offer: textField({ label: 'Invoiced offer', help: 'name of the offer that was invoiced' }).optional(),
        decimal: decimal({ help: "sign before the decimals of this file's numbers, if they do not show it" }).optional(),
      }),
    ])
    .optional()
    .meta({
      description:
        'a CSV file of closed months, with the columns month, conversations and, if known, resolutions, invoice and the segment of the row',
    }),
  offers: z.record(z.string(), offer),
  run: runSchema.prefault({}),
})

export type RawScenario = z.infer<typeof scenarioSchema>
