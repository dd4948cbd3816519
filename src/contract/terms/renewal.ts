// renewal: from one month on, all prices, fees, minimums and maximums change by one factor.
import { z } from 'zod'
import { LIMITS } from '../../limits.ts'
import { change, count } from '../fields.ts'

export const renewal = z
  .strictObject({
    month: count({
      label: 'Month of renewal',
      help: 'the month of the plan from which it holds, 12 being the 13th',
      range: [1, LIMITS.months],
      expected: 'a month of the horizon, 12 being the 13th',
    }),
    change: change({
      label: 'Change at renewal',
      help: 'by how much prices, fees, minimum and maximum change, such as -10% to 25%',
      range: [-1, 100],
      expected: 'a change from -100% on, such as -10% to 25%',
    }),
  })
  .meta({ description: 'one factor for prices, fees, minimum and maximum from a month on' })
export type Renewal = z.infer<typeof renewal>
