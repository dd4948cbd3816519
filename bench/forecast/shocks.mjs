// The same series with a change whose effect is known. A shock that lasts also changes the year ahead.
import { YEAR } from './cases.mjs'
import { uniforms } from './uniforms.mjs'

const sum = (values) => values.reduce((a, b) => a + b, 0)
const GROWN = 1.15
const STEP = 1.4
const RAMP = 12
const RAMP_WINDOW = 36
const SPIKE = 3

/** Which of the next months is tripled: the same one at every run, and any of the window. */
const placeOf = (window, k) => Math.floor(uniforms(k + 1)() * window)

/** Each shock is a case's changed months, or undefined where it does not apply. */
const SHOCKS = {
  'last year grew more than 15%': ({ before }) =>
    before.length >= 2 * YEAR && sum(before.slice(-YEAR)) > GROWN * sum(before.slice(-2 * YEAR, -YEAR)) ? {} : undefined,
  'a step of +40% twelve months ago': ({ before, year }) => ({
    before: before.map((value, k) => (k < before.length - YEAR ? value : STEP * value)),
    year: year.map((value) => STEP * value),
  }),
  'a ramp from 0 over the first 12 of 36 months': ({ before, window }) =>
    window === RAMP_WINDOW ? { before: before.map((value, k) => (k < RAMP ? (value * (k + 1)) / (RAMP + 1) : value)) } : undefined,
  'one month tripled': ({ before, window }, k) => ({
    before: before.map((value, place) => (place === placeOf(window, k) ? SPIKE * value : value)),
  }),
  'one of the last 12 months tripled': ({ before, window }, k) => ({
    before: before.map((value, place) => (place === window - YEAR + placeOf(YEAR, k) ? SPIKE * value : value)),
  }),
}

/** The cases of each shock. */
export const shocked = (cases) =>
  Object.entries(SHOCKS).map(([name, change]) => ({
    name,
    cases: cases.flatMap((one, k) => {
      const changed = change(one, k)
      return changed === undefined ? [] : [{ ...one, ...changed }]
    }),
  }))
