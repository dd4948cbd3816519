// The ticks of an axis of money with round ends.

const TICKS = 5

/** From the round amount at or below the least one to that at or above the most, in about four steps. */
export function roundTicks(least: number, most: number): readonly [number, ...number[]] {
  const width = most - least > 0 ? most - least : Math.max(1, Math.abs(most) / 10)
  const step = roundStep(width / (TICKS - 1))
  const first = Math.floor(least / step)
  const last = Math.max(first + 1, Math.ceil(most / step))
  return [first * step, ...Array.from({ length: last - first }, (_, k) => (first + 1 + k) * step)]
}

/** The next of 1, 2, 2.5, 5 and 10 times a power of ten. */
function roundStep(least: number): number {
  const power = Number(`1e${least.toExponential().split('e')[1]}`)
  return power * ([1, 2, 2.5, 5].find((digit) => digit * power >= least) ?? 10)
}
