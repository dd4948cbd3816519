// The bounds of a verdict's grades, which also decide who leads along an input and which prices make a choice clear.

/** Differences below this share of a cost count as none. */
export const SAME_COST = 0.01
/** Standard errors that a difference must exceed. */
export const SURE_ERRORS = 2
/** The odds from which an offer may be the clear choice. */
export const CLEAR_AT = 0.8
