// minimum, maximum, limit: the least and most that a charge bills in a period, and where usage stops.
import { boundPer } from '../fields.ts'
import type { LineKinds } from '../lines.ts'

export const minimum = boundPer(false, {
  label: 'Minimum',
  help: 'the least that the charge bills, such as $30k/year, or 50/month at its price; any difference is billed in the last month of the period',
  words: (value) => `at least ${value}`,
})
export const maximum = boundPer(true, {
  label: 'Maximum',
  help: 'the most that the charge bills, such as $50k/month; usage continues beyond it',
  words: (value) => `at most ${value}`,
})
/** A limit is written on a charge and acts on the whole offer. */
export const limit = boundPer(false, {
  label: 'Limit',
  help: "where usage stops: 40k/month of the charge's own quantity, or $10k/month over all usage charges; people handle the rest",
  words: (value) => `usage stops at ${value}`,
})

export const boundLines: LineKinds = {
  minimum: { explain: ({ bound, money }) => `up to the minimum of ${money(bound)}`, filed: 'adjustment' },
  maximum: { explain: ({ bound, money }) => `capped at ${money(bound)}`, filed: 'adjustment' },
}
