// How much a test does: little in `npm test`, more in `npm run test:slow` and much in `npm run test:long`, where the same file runs again.

export const long = process.env.BILLCAST_LONG !== undefined
export const slow = process.env.BILLCAST_SLOW !== undefined

/**
 * Whether tests run that take half a second or more, beside quick ones of the same subject: `it.runIf(thorough)`. `npm test` leaves them to
 * the slow tests.
 */
export const thorough = slow || long

/** Cases of a test: the first one and each `step`-th after it in `npm test`, all of them in the slow and the long tests. */
export const someOf = <T>(all: readonly T[], step: number): readonly T[] => (thorough ? all : all.filter((_, k) => k % step === 0))

/** Few runs from one seed, so that no change fails by chance; more in the slow tests; many, from another seed every time, in the long ones. */
export const effort = (few: number, many: number, more = few): { readonly numRuns: number; readonly seed?: number } =>
  long ? { numRuns: many } : { numRuns: slow ? more : few, seed: 20_270_101 }

/** Milliseconds for a test that makes such an effort. */
export const patience = long ? 1_800_000 : 60_000
