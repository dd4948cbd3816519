// The schema of conversations: their volume, of the plan or of a segment, and what the AI does in them.
import { monthsWords } from '../months.ts'
import * as z from 'zod'
import type { FieldOptions } from '../contract/field.ts'
import {
  changePer,
  countField,
  flag,
  known,
  month,
  plainNumber,
  plainQuantity,
  textField,
  uncertainQuantity,
  uncertainShare,
} from '../contract/fields.ts'
import { quantities } from '../contract/meters.ts'
import { MEANINGS } from '../forecasting/history/columns.ts'
import { CALENDARS, isCalendarName } from '../forecasting/history/working-days.ts'
import { courseWords, INVOLVEMENT, noise, sixDigits, spikes } from '../contract/schema.ts'
import { LIMITS } from '../limits.ts'

const factorOf = (options: FieldOptions) => plainNumber({ range: [0, 1e6], noun: 'a factor', ...options })

const volume = plainQuantity({
  label: 'Conversations in a month',
  help: 'expected conversations of one month',
  expected: 'at least 0 conversations',
})

const historyFile = () => textField({ label: 'History', help: 'a CSV file of past months', words: (value) => `fitted to ${value}` })
const PAST = { expected: 'a month such as 2019-01' } as const
export const history = z.strictObject({
  file: historyFile(),
  columns: z.partialRecord(z.enum(MEANINGS), textField({ label: 'Column', help: 'name of the column in the file' })).optional(),
  segment: textField({
    label: 'Segment',
    help: 'reads only the rows of this segment, from a column such as `segment` or `channel`',
    otherwise: 'in a segment, its own name if the file has such a column',
  }).optional(),
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
  workingDays: known(z.string().refine(isCalendarName, `expected ${CALENDARS}`), 'text', {
    label: 'Working days',
    help: 'compares volumes with the working days of each month: `weekdays`, or a country such as US or DE-BY, whose public holidays the package `date-holidays` has',
    otherwise: 'volumes are not compared with working days',
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
  plain: flag({
    label: 'Plain',
    help: 'whether the plan has the fitted base, growth, seasons and noise as fields, instead of draws from the ensemble',
    otherwise: 'false, unless a key beside `history` replaces one of these fields',
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
      words: (value) => `drawn ${monthsWords(value)} at a time`,
      stated: (block: number) => `in blocks of ${block}`,
    }),
  })
  .meta({ description: 'past deviations, drawn in blocks of months, instead of noise' })

/** Keys of the conversations of the plan and of its segments. */
const volumeFields = {
  base: uncertainQuantity({
    label: 'Conversations per month',
    help: 'conversations per month at the start, such as 45k to 60k',
    staged: true,
    slider: { least: 0.5, most: 2 },
    stated: true,
    words: (value) => `${value} a month at the start`,
  }).optional(),
  growth: changePer({
    label: 'Growth',
    help: 'growth of the expected volume, such as 1%/month or 10%/year',
    staged: true,
    range: [-0.999_999, 10],
    expected: 'growth between -100% and 1000%',
    words: (value) => courseWords('growing', value),
  }).optional(),
  seasonality: known(
    z
      .array(factorOf({ label: 'Season', help: 'factor of one calendar month' }))
      .length(12, 'expected twelve factors, starting with January'),
    'list',
    {
      label: 'Seasonality',
      help: 'twelve factors from January to December, which are normalized to mean 1',
      words: (value) => `with the seasons ${value} from January to December`,
    },
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
    words: (value) => `by month as in ${value}`,
  }).optional(),
  level: uncertainQuantity({
    label: 'Factor on conversations',
    help: 'factor on the volumes of `history` or `monthly`, such as 0.9 to 1.2',
    staged: true,
    range: [0, 1e6],
    noun: 'a factor',
    otherwise: '1',
    words: (value) => `times ${value}`,
    slider: { least: 0.5, most: 2 },
    stated: true,
  }).optional(),
  noise: noise.optional(),
  last: plainQuantity({
    label: 'Last month',
    help: 'conversations in the month before the start, from which the noise continues',
    range: [Number.MIN_VALUE, LIMITS.quantity],
    expected: 'a number of conversations above 0',
    otherwise: 'the noise starts at random',
    words: (value) => `${value} in the month before the start`,
    stated: (last: number) => `${sixDigits(last)} in the month before, from which the noise continues`,
  }).optional(),
  spikes: spikes.optional(),
  quantities: quantities.optional(),
}

const ACTIONS = {
  label: 'Actions',
  help: "number of actions in one of the AI's conversations",
  staged: true,
  range: [0, 1e6],
  expected: 'at least 0 actions per conversation',
  words: (value: string) => `${value} actions in each`,
} as const
const CALL_MINUTES = {
  label: 'Minutes',
  help: "length of one of the AI's conversations in minutes, such as 3 to 5; the meter `minutes` counts it",
  staged: true,
  range: [0, 1e6],
  expected: 'at least 0 minutes per conversation',
  words: (value: string) => `${value} minutes each`,
} as const

const historyField = (description: string) =>
  z
    .union([historyFile(), history], {
      error: 'expected the name of a CSV file, or an object such as { file: history.csv, since: 2019-01 }',
    })
    .optional()
    .meta({ description })
const FITTED = 'a CSV file of past months, to which the drivers are fitted; the other keys here replace the fitted ones'

/** Keys that a segment states itself. Those that it leaves out are the plan's. */
export const segmentConversations = z.strictObject({
  ...volumeFields,
  history: historyField(FITTED),
  shared: flag({
    label: 'Shared',
    help: "beside `history`: whether the plan's own noise and spikes act on the segment too",
    otherwise: 'false',
  }).optional(),
  bootstrap: bootstrap.optional(),
  involvement: uncertainShare(INVOLVEMENT).optional(),
  actions: uncertainQuantity(ACTIONS).optional(),
  minutes: uncertainQuantity(CALL_MINUTES).optional(),
})

export const conversations = z.strictObject({
  ...volumeFields,
  history: historyField(`${FITTED}. A column of segments makes the segments of the plan`),
  bootstrap: bootstrap.optional(),
  involvement: uncertainShare({ ...INVOLVEMENT, default: 1 }),
  actions: uncertainQuantity({ ...ACTIONS, default: 1 }),
  minutes: uncertainQuantity({ ...CALL_MINUTES, default: 1 }),
})
