// discount: off a charge's amount, after tiers and before its minimum and maximum.
import { plainShare } from '../fields.ts'

export const discount = plainShare({
  label: 'Discount',
  help: 'share off the amount of the charge, after tiers and before minimum and maximum, such as 10%',
  excludes: [1],
})
