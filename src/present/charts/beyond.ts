// Which bars and curves stand apart. Pages import it without Vega.

/** Offers whose P80 exceeds this many times the lowest one would squeeze all others. */
const BEYOND_LOWEST = 2

/** Whether an offer's P80 fits a scale that starts at the lowest one. */
export const isWithinScale = (p80: number, lowest: number): boolean => lowest <= 0 || p80 <= BEYOND_LOWEST * lowest
