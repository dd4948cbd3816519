// The schema of a plan: every field with its limits, default, label and help.
import * as z from 'zod'
import type { WrittenCharge } from '../contract/charges/index.ts'
import type { FieldOptions } from '../contract/field.ts'
import {
  changePer,
  choice,
  countField,
  field,
  flag,
  known,
  money,
  month,
  plainNumber,
  plainQuantity,
  plainShare,
  uncertainQuantity,
  uncertainShare,
  textField,
  title,
  yearly,
} from '../contract/fields.ts'
import { CODE, currencyCode, noise, offer, resolution, sixDigits, spikes } from '../contract/schema.ts'
import { isVisible, ParameterError } from '../errors.ts'
import { LIMITS, START } from '../limits.ts'
import { parseScalar } from '../notation/scalar.ts'
import { DECIMALS } from '../notation/table/numbers.ts'

// A plan is read once, so code compiled from schemas takes longer than it saves. The report's page also forbids it.
z.config({ jitless: true })

const budget = z
  .strictObject({
    offer: textField({ label: 'Offer', help: 'name of the offer that the budget is for' }),
    amount: money({ label: 'Budget', help: 'largest total cost over the plan, such as $480k', drawn: 'never' }),
    confidence: plainShare({
      label: 'Confidence',
      help: 'share of trials in which the budget should be enough, such as 80%',
      excludes: [0, 1],
      expected: 'a share above 0% and below 100%, such as 80%',
      default: 0.8,
    }),
  })
  .meta({ description: 'a budget for one offer over the plan; every run reports the share of trials in which it is enough' })

const factorOf = (options: FieldOptions) => plainNumber({ range: [0, 1e6], noun: 'a factor', ...options })

const volume = plainQuantity({
  label: 'Conversations in a month',
  help: 'expected conversations of one month',
  expected: 'at least 0 conversations',
})

const decimal = ({ help }: { readonly help: string }) =>
  choice(DECIMALS, { label: 'Decimal sign', help, otherwise: 'as the file shows' })

const PAST = { expected: 'a month such as 2019-01' } as const
export const history = z.strictObject({
  file: textField({ label: 'History', help: 'a CSV file of past months' }),
  columns: z
    .partialRecord(
      z.enum(['month', 'conversations', 'resolutions', 'invoice']),
      textField({ label: 'Column', help: 'name of the column in the file' }),
    )
    .optional(),
  sumRows: flag({
    label: 'Sum rows',
    help: 'whether rows of the same date are parts of one total, such as channels, and are added up',
    otherwise: 'false',
  }).optional(),
  days: flag({
    label: 'Days',
    help: 'whether volumes a day are fitted, so that short months and leap days are no seasons and spikes',
    otherwise: 'true',
  }).optional(),
  since: month({
    ...PAST,
    label: 'Since',
    help: 'first month to use, such as 2019-01',
    otherwise: 'the first of the file',
  }).optional(),
  until: month({
    ...PAST,
    label: 'Until',
    help: 'last month to use, such as 2026-11',
    otherwise: 'the last of the file',
  }).optional(),
  partial: flag({
    label: 'Partial',
    help: 'whether to use the last month even if it looks unfinished',
    otherwise: 'false',
  }).optional(),
})

const bootstrap = z
  .strictObject({
    ratios: known(
      z
        .array(factorOf({ label: 'Ratio', help: 'actual volume of a past month divided by its expected volume' }))
        .min(2)
        .max(600),
      'list',
      {
        label: 'Past deviations',
        help: 'actual volumes of past months divided by their expected volumes, such as [0.97, 1.05]',
        otherwise: 'fitted to `history`',
        stated: (ratios: readonly number[]) => `deviations of ${ratios.length} past months`,
      },
    ).optional(),
    block: countField({
      label: 'Block',
      help: 'number of consecutive months that are drawn together',
      range: [1, 24],
      noun: 'a whole number of months',
      stated: (block: number) => `in blocks of ${block}`,
    }),
  })
  .meta({ description: 'past deviations, drawn in blocks of months, instead of noise' })

export const conversations = z.strictObject({
  base: uncertainQuantity({
    label: 'Conversations per month',
    help: 'conversations per month at the start, such as 45k to 60k',
    staged: true,
    slider: { least: 0.5, most: 2 },
    stated: true,
  }).optional(),
  growth: changePer({
    label: 'Growth',
    help: 'growth of the expected volume, such as 1%/month or 10%/year',
    staged: true,
    range: [-0.999_999, 10],
    expected: 'growth between -100% and 1000%',
  }).optional(),
  seasonality: known(
    z
      .array(factorOf({ label: 'Season', help: 'factor of one calendar month' }))
      .length(12, 'expected twelve factors, starting with January'),
    'list',
    { label: 'Seasonality', help: 'twelve factors from January to December, which are normalized to mean 1' },
  ).optional(),
  days: flag({
    label: 'Days',
    help: 'whether each month has conversations in proportion to its days; `base` and `seasonality` are then for months of 30.44 days',
    otherwise: 'false',
  }).optional(),
  monthly: known(z.union([z.array(volume).min(1), z.string()]), 'list', {
    label: 'Conversations, compared to the plan',
    help: 'expected volume of each month, as a list or a CSV file `month,conversations`, instead of base, growth and seasonality',
    slider: { least: 0.5, most: 1.5 },
    stated: (volumes: readonly number[]) => volumes.map(sixDigits).join(' '),
  }).optional(),
  noise: noise.optional(),
  last: plainQuantity({
    label: 'Last month',
    help: 'conversations in the month before the start, from which the noise continues',
    range: [Number.MIN_VALUE, LIMITS.quantity],
    expected: 'a number of conversations above 0',
    otherwise: 'the noise starts at random',
    stated: (last: number) => `${sixDigits(last)} in the month before, from which the noise continues`,
  }).optional(),
  history: z
    .union([textField({ label: 'History', help: 'a CSV file of past months' }), history], {
      error: 'expected the name of a CSV file, or an object such as { file: history.csv, since: 2019-01 }',
    })
    .optional()
    .meta({
      description: 'a CSV file of past months, to which the drivers are fitted; the other keys here replace the fitted ones',
    }),
  bootstrap: bootstrap.optional(),
  spikes: spikes.optional(),
  involvement: uncertainShare({
    label: 'Involvement',
    help: 'share of conversations that the AI takes part in, such as 85%',
    staged: true,
    default: 1,
  }),
  actions: uncertainQuantity({
    label: 'Actions',
    help: "number of actions in one of the AI's conversations",
    staged: true,
    range: [0, 1e6],
    expected: 'at least 0 actions per conversation',
    default: 1,
  }),
})

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

const human = z
  .strictObject({
    cost: money({
      label: 'Cost of a contact with people',
      help: 'cost of one conversation that people handle, such as $6',
      staged: true,
      slider: { least: 0.5, most: 2 },
    }),
    uplift: uncertainShare({
      label: 'Uplift',
      help: 'increase of this cost as the AI resolves the easy conversations: this share, times the share that it resolves',
      staged: true,
      range: [0, 100],
      expected: 'a share of 0% or more',
      default: 0,
    }),
    minutes: plainNumber({
      label: 'Minutes',
      help: 'working time of people per conversation, in minutes',
      staged: true,
      range: [0, 1e6],
      expected: 'at least 0 minutes per conversation',
    }).optional(),
    cashable: plainShare({
      label: 'Cashable',
      help: 'share of the freed work that really reduces cost',
      staged: true,
      default: 1,
    }),
  })
  .meta({ description: 'cost of the people who handle the conversations that the AI does not resolve' })

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
    default: 12,
  }),
  decimal: decimal({
    help: 'sign before the decimals of numbers in the CSV files that the plan names, if they do not show it',
  }).optional(),
  counting: choice(['expected', 'sampled'], {
    label: 'Counting',
    help: 'whether months have expected counts, or draw whole conversations and resolutions',
    default: 'expected',
  }),
  conversations,
  resolution: resolution.optional(),
  correlations: z.array(correlation).prefault([]),
  copula: copula.optional(),
  human: human.optional(),
  discountRate: yearly('share', 'a share per year, such as 8%/year', {
    label: 'Discount rate',
    help: 'discount of later payments, such as 8%/year; adds present values to the results',
    range: [-1, 10],
    excludes: [-1],
    expected: 'a share between -100% and 1000% a year, such as 8%/year',
  }).optional(),
  fiscalYearStart: countField({
    label: 'Fiscal year',
    help: 'month from 1 to 12 in which fiscal years begin; adds fiscal years to the results',
    range: [1, 12],
    expected: 'a month from 1 (January) to 12',
  }).optional(),
  budget: budget.optional(),
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
      description: 'a CSV file of closed months, with the columns month, conversations and, if known, resolutions and invoice',
    }),
  offers: z.record(z.string(), offer),
  run: runSchema.prefault({}),
})

export type RawScenario = z.infer<typeof scenarioSchema>

/** The type of a written value that a schema reads as `T`: any object may have a source, and any text may stand for a word. */
type AsWritten<T> = T extends string
  ? T | (string & Record<never, never>)
  : T extends readonly (infer Item)[]
    ? readonly AsWritten<Item>[]
    : T extends object
      ? [keyof T] extends [never]
        ? T
        : { readonly [Key in keyof T]: AsWritten<T[Key]> } & { readonly source?: string }
      : T

type WrittenPlan = z.input<typeof scenarioSchema>
/** An offer of the catalog needs no charges, and may change them by their ids. */
type WrittenOffer = AsWritten<Omit<WrittenPlan['offers'][string], 'charges'>> & {
  readonly charges?: readonly AsWritten<WrittenCharge>[] | Readonly<Record<string, object | null>>
}
/** A plan in TypeScript, whose keys are checked by `const plan = { … } satisfies ScenarioInput`. */
export type ScenarioInput = AsWritten<Omit<WrittenPlan, 'offers'>> & { readonly offers: Readonly<Record<string, WrittenOffer>> }

/** A plan with known keys, or data that is checked when it is read. */
export type Scenario = ScenarioInput | Readonly<Record<string, unknown>>
