// renewal: from a month on, all prices, fees, minimums and maximums change by one factor.
import * as z from 'zod'
import { LIMITS } from '../../limits.ts'
import { change, countField } from '../fields.ts'

export const renewal = z
  .strictObject({
    month: countField({
      label: 'Month of renewal',
      help: 'number of months before the renewal; 12 means that the 13th month is the first one after it',
      range: [1, LIMITS.months],
      expected: 'a number of months such as 12, after which the 13th month is the first one renewed',
    }),
    change: change({
      label: 'Change at renewal',
      help: 'change of prices, fees, minimum and maximum, such as -10% to 25%',
      range: [-1, 100],
      expected: 'a change of -100% or more',
    }),
  })
  .meta({ description: 'a change of prices, fees, minimum and maximum from a month on' })
