// discount, escalator: changes to the prices of one charge.
import { plainShare, uncertainYearly } from '../fields.ts'

export const discount = plainShare({
  label: 'Discount',
  help: 'share taken off the charge, after tiers and before its minimum and maximum, such as 10%',
  words: (value) => `less ${value}`,
  excludes: [1],
})

export const escalator = uncertainYearly('a change per year, such as 7%/year', {
  label: 'Escalator',
  help: 'increase of prices, fees, minimum and maximum at each anniversary of the start, such as 7%/year',
  words: (value) => `prices change by ${value} at each anniversary`,
  range: [-1, 10],
  excludes: [-1],
  expected: 'a change between -100% and 1000% a year, such as 7%/year',
  staged: true,
})
