// The schema of `ledger`: how a plan is booked, by account, cost center and month.
import { monthsWords } from '../months.ts'
import * as z from 'zod'
import { codeField } from '../contract/modifiers/account.ts'
import { choice, countField, field } from '../contract/fields.ts'
import { ParameterError, tryRead } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { parseScalar } from '../notation/scalar.ts'

const account = codeField({
  label: 'Account',
  help: 'general-ledger account of a layer, such as 62110',
  words: (value) => `account ${value}`,
})

/** A cost center, or the share of one. */
const center = field(
  'text',
  {
    label: 'Cost center',
    help: 'cost center of a segment, such as CX-210, or the share of the cost center that the key names, such as 60%',
    expected: 'a cost center such as CX-210, or a share such as 60%',
  },
  (raw, { expected }): string | number => {
    if (Number.isSafeInteger(raw)) return String(raw)
    const isShare = typeof raw === 'number' || (typeof raw === 'string' && raw.trim().endsWith('%'))
    const share = isShare ? tryRead(() => parseScalar(raw, 'rate').value) : undefined
    if (share !== undefined && share >= 0 && share <= 1) return share
    if (isShare || typeof raw !== 'string' || raw.trim() === '' || raw.length > 100) throw new ParameterError('', expected, raw)
    return raw
  },
)

const budget = field(
  'text',
  {
    label: 'Budget',
    help: 'percentile of the budget columns, such as P80: the bill stays within it in 80 of 100 simulated years',
    expected: 'a percentile from P1 to P99.9, such as P80',
    otherwise: 'the confidence of `budget`, or P80',
  },
  (raw, { expected }): number => {
    const [, percent] = typeof raw === 'string' ? (/^\s*[Pp](\d{1,2}(?:\.\d{1,3})?)\s*$/.exec(raw) ?? []) : []
    const share = percent === undefined ? tryRead(() => parseScalar(raw, 'rate').value) : Number((Number(percent) / 100).toFixed(6))
    if (share !== undefined && share >= 0.01 && share <= 0.999) return share
    throw new ParameterError('', expected, raw)
  },
)

export const ledger = z
  .strictObject({
    accounts: z.record(z.string(), account).optional().meta({
      description: 'general-ledger account of each layer, such as { usage: 62110, platform: 62120, people: 60100 }',
    }),
    costCenters: z.record(z.string(), center).optional().meta({
      description:
        'cost center of each segment, such as { chat: CX-210 }, or the share of each, such as { CX-210: 60%, CX-230: 40% }',
    }),
    amortize: z
      .record(
        z.string(),
        countField({
          label: 'Amortize',
          words: (value) => `over ${monthsWords(value)}`,
          help: 'months over which the amounts of a layer are expensed, from the month in which they are due',
          range: [1, LIMITS.months],
          noun: 'a whole number of months',
        }),
      )
      .optional()
      .meta({ description: 'months over which the amounts of a layer are expensed, such as { set-up: 24 }' }),
    upfront: choice(['due', 'period'], {
      label: 'Upfront',
      help: 'whether an amount that is paid upfront is expensed when it is due, or in equal parts over its `period`',
      default: 'due',
    }),
    budget: budget.optional(),
  })
  .meta({ description: 'how the plan is booked: accounts, cost centers, and the months in which amounts are expensed' })
