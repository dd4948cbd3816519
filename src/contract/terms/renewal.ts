// renewal: from one month on, all prices, fees, minimums and maximums change by one factor.
import { z } from 'zod'
import { plainNumber, uncertain } from '../fields.ts'

export const renewal = z.strictObject({
  month: plainNumber(1, 240, 'a month of the horizon, 12 being the 13th', true),
  change: uncertain('change', -1, 100, 'a change from -100% on, such as -10% to 25%'),
})
export type Renewal = z.infer<typeof renewal>
