// minimum, maximum: a floor under a charge, trued up in the period's last month, and a cap on its running sum.
import { boundPer } from '../fields.ts'
import type { LineKinds } from '../lines.ts'

export const minimum = boundPer(false, {
  label: 'Minimum',
  help: "a floor such as $30k/year, trued up in its period's last month, or 50/month at the price of the charge",
})
export const maximum = boundPer(true, { label: 'Maximum', help: 'a cap in money such as $50k/month; usage goes on' })

export const boundLines: LineKinds = {
  minimum: { explain: ({ bound, money }) => `up to the minimum of ${money(bound)}`, filed: 'adjustment' },
  maximum: { explain: ({ bound, money }) => `capped at ${money(bound)}`, filed: 'adjustment' },
}
