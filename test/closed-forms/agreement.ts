// An estimate agrees with the exact value if it is within five standard errors, and if these have the right size.
import { describe, expect, it } from 'vitest'
import type { Estimate, Method, Summary } from '../../src/summary/summary.ts'
import { long } from '../effort.ts'
import { simulate } from '../simulate.ts'

export const METHODS: readonly Method[] = ['random', 'latin', 'sobol']

export const TRIALS = long ? 262_144 : 32_768

/** A scenario as an analyst writes it. */
export type Written = Readonly<Record<string, unknown>>

/**
 * Runs the scenario with each method and checks its summary.
 * `check` gets `agrees(estimate, exact, sd)`, where `sd` is the standard deviation of one trial's contribution, if it is known.
 */
export function closedForm(
  title: string,
  scenario: Written,
  check: (summary: Summary, agrees: (estimate: Estimate | undefined, exact: number, sd?: number) => void) => void,
): void {
  describe(title, () => {
    it.each(METHODS)('agrees with %s trials', async (method) => {
      const { summary } = await simulate(scenario, { trials: TRIALS, seed: 'closed forms', method })
      expect(summary.method).toBe(method)
      check(summary, (estimate, exact, sd) => expectAgreement(estimate, exact, { sd, method, trials: summary.trials }))
    })
  })
}

interface Terms {
  readonly sd: number | undefined
  readonly method: Method
  readonly trials: number
}

/**
 * Allows five standard errors. A standard error must not be 0, unless the figure is right to rounding. It must not exceed that of plain
 * sampling by more than 30% for `random`, whose error comes from all trials, or 60% if it comes from the spread of 32 replicates, which
 * is itself uncertain by 13%. For `random` it must be at least 70% of it.
 */
export function expectAgreement(estimate: Estimate | undefined, exact: number, { sd, method, trials }: Terms): void {
  if (!estimate) throw new Error(`the summary has no figure where ${exact} was expected`)
  const { value, se } = estimate
  const rounding = 1e-9 * Math.abs(exact) + 1e-12
  expect(se, 'a standard error is a number that is not negative').toBeGreaterThanOrEqual(0)
  expect(Math.abs(value - exact), `${value} ± ${se}, exactly ${exact}`).toBeLessThanOrEqual(5 * se + rounding)
  if (sd === undefined) return
  const plain = sd / Math.sqrt(trials)
  expect(se, `standard error, by plain sampling ${plain}`).toBeLessThanOrEqual((method === 'random' ? 1.3 : 1.6) * plain + rounding)
  if (method === 'random' && sd > 0) expect(se, `standard error, by plain sampling ${plain}`).toBeGreaterThan(0.7 * plain)
  if (method === 'latin' && sd > 0 && Math.abs(value - exact) > rounding) expect(se).toBeGreaterThan(0)
}

/** Standard deviation of the indicator of an event, whose mean is its probability. */
export const ofEvent = (p: number): number => Math.sqrt(p * (1 - p))

/** The counterpart of the standard deviation in the error of a percentile: √(p(1 − p)) over the density there. */
export const ofPercentile = (p: number, density: number): number => ofEvent(p) / density
