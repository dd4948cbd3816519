// The largest sizes that a plan may have.

export const LIMITS = { months: 240, offers: 1_000, charges: 100, quantity: 1e12, fileBytes: 1 << 20, depth: 50 } as const

/** The first month of a plan that states none. */
export const START = '2027-01'
