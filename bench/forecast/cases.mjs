// The cases of the benchmark: the same origins and windows for every method.
import { uniforms } from './uniforms.mjs'

export const WINDOWS = [18, 24, 36, 60]
export const YEAR = 12
const MOST_ORIGINS = 4

/** Some of the cases, drawn with a seed: R's methods take a second for each. */
export function sampleOf(cases, count) {
  const next = uniforms(1)
  const order = cases.map((one) => ({ one, at: next() })).sort((a, b) => a.at - b.at)
  const drawn = new Set(order.slice(0, count).map(({ one }) => one))
  return cases.filter((one) => drawn.has(one))
}

/** Every origin 12 months apart back from the newest, at most four a series and as long as the window allows. */
export const casesOf = (series, windows = WINDOWS) =>
  series.flatMap(({ id, group, y }) =>
    windows.flatMap((window) =>
      Array.from({ length: MOST_ORIGINS }, (_, k) => y.length - YEAR * (k + 1))
        .filter((origin) => origin >= window)
        .map((origin) => ({
          id,
          group,
          window,
          // Series carry no dates, so the newest month counts as a December.
          first: 2024 * YEAR - (y.length - origin) - window,
          before: y.slice(origin - window, origin),
          year: y.slice(origin, origin + YEAR),
        })),
    ),
  )
