// The rule for names in a plan.

/** The names of offers, ids, meters and parts of the names of segments. */
export const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/
export const NAMED = 'a name that starts with a letter, followed by up to 63 letters, digits, _ or -'
