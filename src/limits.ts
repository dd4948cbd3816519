// What a scenario may hold at most.

export const LIMITS = { months: 240, offers: 1_000, charges: 100, quantity: 1e12, fileBytes: 1 << 20, depth: 50 } as const

/** The first month of a scenario that states none. */
export const START = '2027-01'
