// What an analyst writes, field by field. Limits, defaults, labels and help stand here, once.
import { z } from 'zod'
import type { WrittenCharge } from '../contract/charges/index.ts'
import type { FieldOptions } from '../contract/field.ts'
import {
  changePer,
  choice,
  count,
  field,
  flag,
  known,
  money,
  month,
  plainNumber,
  plainQuantity,
  plainShare,
  quantity,
  uncertainShare,
  textField,
  title,
  yearly,
} from '../contract/fields.ts'
import { CODE, currencyCode, noise, offer, resolution, spikes } from '../contract/schema.ts'
import { ParameterError } from '../errors.ts'
import { LIMITS, START } from '../limits.ts'
import { parseScalar } from '../notation/scalar.ts'

/** Numbers as the report's assumptions put them. */
const short = (value: number): string => String(Number(value.toPrecision(6)))

const budget = z
  .strictObject({
    offer: textField({ label: 'Offer', help: 'the offer that the budget is for' }),
    amount: money({ label: 'Budget', help: 'what the horizon shall cost at most, such as $480k', drawn: 'never' }),
    confidence: plainShare({
      label: 'Confidence',
      help: 'in how many futures it shall hold, such as 80%',
      excludes: [0, 1],
      expected: 'a share between 0% and 100% such as 80%',
      default: 0.8,
    }),
  })
  .meta({ description: "an amount that an offer's horizon shall cost at most: every run says in how many futures it holds" })

const factorOf = (options: FieldOptions) => plainNumber({ range: [0, 1e6], noun: 'a factor', ...options })

const volume = plainQuantity({
  label: 'Conversations in a month',
  help: 'the expected conversations of one month',
  noun: 'a number of conversations',
})

const history = z.strictObject({
  file: textField({ label: 'History', help: 'a CSV file of past months' }),
  columns: z
    .partialRecord(
      z.enum(['month', 'conversations', 'resolutions', 'invoice']),
      textField({ label: 'Column', help: 'the name of the column in the file' }),
    )
    .optional(),
  since: textField({ label: 'Since', help: 'the first month that counts, such as 2019-01', otherwise: 'the first' }).optional(),
  until: textField({ label: 'Until', help: 'the last month that counts', otherwise: 'the last' }).optional(),
  partial: flag({ label: 'Partial', help: 'take the last month even if it looks unfinished', otherwise: 'false' }).optional(),
})

const bootstrap = z
  .strictObject({
    ratios: known(
      z
        .array(factorOf({ label: 'Ratio', help: 'a past month by what was expected of it' }))
        .min(2)
        .max(600),
      'list',
      {
        label: 'Past deviations',
        help: 'past months by what was expected of them, such as [0.97, 1.05]',
        otherwise: 'from history',
        stated: (ratios: readonly number[]) => `deviations of ${ratios.length} past months`,
      },
    ).optional(),
    block: count({
      label: 'Block',
      help: 'how many months are drawn together',
      range: [1, 24],
      noun: 'a whole number of months',
      stated: (block: number) => `in blocks of ${block}`,
    }),
  })
  .meta({ description: 'past deviations drawn in blocks of months, in place of noise; `ratios` come from `history`' })

export const conversations = z.strictObject({
  base: quantity({
    label: 'Conversations a month',
    help: 'conversations a month at the start, such as 45k to 60k',
    slider: { least: 0.5, most: 2 },
    stated: true,
  }).optional(),
  growth: changePer({
    label: 'Growth',
    help: 'growth of the expected volume, such as 1%/month or 10%/year',
    range: [-0.999_999, 10],
    expected: 'a growth between -100% and 1000%',
  }).optional(),
  seasonality: known(
    z
      .array(factorOf({ label: 'Season', help: 'factor of one calendar month' }))
      .length(12, 'expected twelve factors, January first'),
    'list',
    { label: 'Seasonality', help: 'twelve factors from January, normalized to mean 1' },
  ).optional(),
  monthly: known(z.union([z.array(volume).min(1), z.string()]), 'list', {
    label: 'Conversations, against the plan',
    help: 'expected volumes, one a month, or a CSV file `month,conversations`, in place of base, growth and seasonality',
    slider: { least: 0.5, most: 1.5 },
    stated: (volumes: readonly number[]) => volumes.map(short).join(' '),
  }).optional(),
  noise: noise.optional(),
  last: plainQuantity({
    label: 'Last month',
    help: 'conversations of the month before the start, from which the noise goes on',
    range: [Number.MIN_VALUE, LIMITS.quantity],
    expected: 'a number of conversations above 0',
    otherwise: 'the noise starts anywhere',
    stated: (last: number) => `${short(last)} in the month before: the noise goes on from there`,
  }).optional(),
  history: z
    .union([textField({ label: 'History', help: 'a CSV file of past months' }), history])
    .optional()
    .meta({ description: 'a CSV file of past months from which the drivers are fitted; what stands beside it takes their place' }),
  bootstrap: bootstrap.optional(),
  spikes: spikes.optional(),
  involvement: uncertainShare({
    label: 'Involvement',
    help: 'share of conversations that the AI takes part in, such as 85%',
    staged: true,
    default: 1,
  }),
  actions: quantity({
    label: 'Actions',
    help: 'actions per conversation of the AI',
    range: [0, 1e6],
    noun: 'actions per conversation',
    default: 1,
  }),
})

export const runSchema = z.strictObject({
  trials: field(
    'count',
    {
      label: 'Trials',
      help: 'how many futures to sample, such as 1m',
      range: [1, 2 ** 52],
      expected: 'a whole number of trials such as 1m',
      default: 1_000_000,
    },
    (raw, { expected, range: [, most] }): number => {
      const { value } = parseScalar(raw, 'amount')
      if (!(Number.isInteger(value) && value >= 1 && value <= most)) throw new ParameterError('', expected, raw)
      return value
    },
  ),
  seed: field(
    'text',
    {
      label: 'Seed',
      help: 'seed of the random numbers: a text or a whole number',
      expected: 'a text of up to 200 characters or a whole number',
      default: 'billcast',
    },
    (raw, { expected }): string => {
      if ((typeof raw === 'string' && raw !== '' && raw.length <= 200) || Number.isSafeInteger(raw)) return String(raw)
      throw new ParameterError('', expected, raw)
    },
  ),
  method: choice(['sobol', 'latin', 'random'], { label: 'Method', help: 'how futures are sampled', default: 'sobol' }),
  measure: choice(['bill', 'total'], { label: 'Measure', help: 'what offers are compared by', default: 'bill' }),
  keepTrials: flag({
    label: 'Keep trials',
    help: 'whether the cost of every trial is kept',
    otherwise: 'where they fit',
  }).optional(),
  pairs: known(z.literal('all'), 'choice', {
    label: 'Pairs',
    help: 'all: compare every pair of offers',
    expected: 'all',
    otherwise: 'of up to 12 offers',
  }).optional(),
  preintegration: flag({ label: 'Pre-integration', help: 'whether the headline figures are integrated exactly', default: true }),
})

const correlation = z.strictObject({
  between: z.tuple([
    textField({ label: 'One input', help: 'the name of an uncertain input, or of a monthly noise' }),
    textField({ label: 'Other input', help: 'the name of another' }),
  ]),
  rho: plainNumber({
    label: 'Correlation',
    help: 'correlation of the normal scores, from -1 to 1',
    range: [-1, 1],
    expected: 'a correlation from -1 to 1',
  }),
})

const human = z
  .strictObject({
    cost: money({
      label: 'Cost of a contact with people',
      help: 'what a contact costs people, such as $6',
      slider: { least: 0.5, most: 2 },
    }),
    uplift: uncertainShare({
      label: 'Uplift',
      help: 'how much dearer what is left for people gets',
      range: [0, 100],
      expected: 'a share ≥ 0',
      default: 0,
    }),
    minutes: plainNumber({
      label: 'Minutes',
      help: 'how long a contact takes people',
      range: [0, 1e6],
      noun: 'minutes a contact',
    }).optional(),
    cashable: plainShare({ label: 'Cashable', help: 'share of freed work that leaves the budget', default: 1 }),
  })
  .meta({ description: 'what people cost who handle what the AI does not resolve' })

export const scenarioSchema = z.strictObject({
  name: title({ label: 'Name', help: 'what every output calls the plan', default: 'scenario' }),
  currency: currencyCode({ label: 'Currency', help: 'the currency of every figure', default: 'USD' }),
  exchange: z
    .record(CODE, money({ label: 'Exchange rate', help: 'what one unit of another currency costs, such as $1.08' }))
    .optional()
    .meta({ description: 'what one unit of another currency costs: { EUR: $1.08 }, or a distribution' }),
  start: month({ label: 'Start', help: 'the first month, such as 2027-01', default: START }),
  months: count({
    label: 'Months',
    help: 'how many months the plan covers',
    range: [1, LIMITS.months],
    noun: 'a whole number of months',
    default: 12,
  }),
  counting: choice(['expected', 'sampled'], {
    label: 'Counting',
    help: 'expected counts, or whole conversations and resolutions that are drawn',
    default: 'expected',
  }),
  conversations,
  resolution: resolution.optional(),
  correlations: z.array(correlation).prefault([]),
  human: human.optional(),
  discountRate: yearly('share', 'a share a year, such as 8%/year', {
    label: 'Discount rate',
    help: 'what a payment loses in value by coming a year later, such as 8%/year; adds present values',
    range: [-1, 10],
    excludes: [-1],
    expected: 'a share a year between -100% and 1000%, such as 8%/year',
  }).optional(),
  fiscalYearStart: count({
    label: 'Fiscal year',
    help: 'the month, from 1 to 12, in which fiscal years begin; adds fiscal years',
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
    .meta({ description: 'named what-ifs: { crisis: { conversations.base: 70k } }' }),
  actuals: z
    .union([
      textField({ label: 'Actuals', help: 'a CSV file of closed months' }),
      z.strictObject({
        file: textField({ label: 'Actuals', help: 'a CSV file of closed months' }),
        offer: textField({ label: 'Invoiced offer', help: 'the offer that was invoiced' }).optional(),
      }),
    ])
    .optional()
    .meta({
      description: 'a CSV file of months that are closed: month,conversations and, where they are known, resolutions and invoice',
    }),
  offers: z.record(z.string(), offer),
  run: runSchema.prefault({}),
})

export type RawScenario = z.infer<typeof scenarioSchema>

/**
 * What may be written where a schema reads `T`: a source may stand beside the keys of an object, and a word that a variable holds is
 * any text to TypeScript.
 */
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
/** An offer of the catalog needs no charges, and changes them by their id. */
type WrittenOffer = AsWritten<Omit<WrittenPlan['offers'][string], 'charges'>> & {
  readonly charges?: readonly AsWritten<WrittenCharge>[] | Readonly<Record<string, object | null>>
}
/** A plan in TypeScript, checked by its keys: `const plan = { … } satisfies ScenarioInput`. */
export type ScenarioInput = AsWritten<Omit<WrittenPlan, 'offers'>> & { readonly offers: Readonly<Record<string, WrittenOffer>> }

/** What functions take: a plan whose keys are known, or data that is checked when it is read. */
export type Scenario = ScenarioInput | Readonly<Record<string, unknown>>
