// renewal, renewals: from a month on, all prices, fees, minimums and maximums change by one factor.
import { monthsWords } from '../../months.ts'
import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { change, countField, month, plainChange } from '../fields.ts'

const CHANGE = {
  label: 'Change at renewal',
  help: 'change of prices, fees, minimum and maximum, such as -10% to 25%',
  range: [-1, 100],
  expected: 'a change of -100% or more',
  words: (value: string) => `prices, fees and bounds change by ${value}`,
} as const

export const renewal = z
  .strictObject({
    month: countField({
      label: 'Month of renewal',
      help: 'number of months before the renewal; 12 means that the 13th month is the first one after it',
      range: [1, LIMITS.months],
      expected: 'a number of months such as 12, after which the 13th month is the first one renewed',
      words: (value) => `after ${monthsWords(value)}`,
    }),
    change: change(CHANGE),
  })
  .meta({ description: 'a change of prices, fees, minimum and maximum from a month on' })

/** Several renewals by their months. Each change is one draw for all charges, and they compound. */
export const renewals = z
  .array(
    z.strictObject({
      month: month({
        label: 'Month of renewal',
        help: 'first month with the change, such as 2028-04',
        words: (value) => `from ${value} on`,
      }),
      change: change(CHANGE),
      cap: plainChange({
        label: 'Cap',
        help: 'the largest change that the contract allows, such as 5%; a larger draw counts as the cap',
        range: [-1, 100],
        expected: 'a change of -100% or more, such as 5%',
        words: (value) => `never by more than ${value}`,
      }).optional(),
    }),
  )
  .min(1)
  .max(LIMITS.renewals, `expected at most ${LIMITS.renewals} renewals`)
  .meta({ description: 'changes of prices, fees, minimum and maximum, each from a month on' })
