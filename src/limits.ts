// The largest sizes that a plan may have, and the most shards of a run.

export const LIMITS = {
  months: 240,
  offers: 1_000,
  charges: 100,
  segments: 64,
  renewals: 24,
  parts: 8,
  quantity: 1e12,
  fileBytes: 1 << 20,
  depth: 50,
  shards: 100_000,
} as const

/** The first month of a plan that states none. */
export const START = '2027-01'
/** The number of months of a plan that states none. */
export const DEFAULT_MONTHS = 12

/** Memory that a run may use on any machine, however little is free. Bytes. */
export const MODEST = 512 * 2 ** 20
