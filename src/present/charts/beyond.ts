// Which bars stand apart. The calculator imports it without Vega.

/** Offers whose P80 exceeds this many times the lowest one would squeeze all other bars. */
export const BEYOND_LOWEST = 2
