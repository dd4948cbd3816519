// The χ² distribution of a whole number of degrees of freedom by the midpoint rule, and the widths w = √(degrees / χ²) that futures have.

/** ln Γ of half a whole number, from Γ(½) = √π or Γ(1) = 1. */
function logGammaOfHalf(n: number): number {
  let sum = n % 2 === 1 ? Math.log(Math.PI) / 2 : 0
  for (let x = n % 2 === 1 ? 0.5 : 1; x < n / 2; x++) sum += Math.log(x)
  return sum
}

const STEPS = 20_000

export interface ChiSquare {
  /** The 0.1% quantile. */
  readonly least: number
  /** Values of w and their probabilities, with one for all that lies below the least χ². */
  readonly widths: readonly (readonly [w: number, p: number])[]
}

export function chiSquare(degrees: number): ChiSquare {
  const constant = logGammaOfHalf(degrees) + (degrees / 2) * Math.log(2)
  const density = (x: number) => Math.exp((degrees / 2 - 1) * Math.log(x) - x / 2 - constant)
  // χ² lies below this but for 1e-12.
  const most = degrees + 8 * Math.sqrt(2 * degrees) + 40
  const step = most / STEPS
  // The 0.1% quantile is where the sum of the cells, the last one in part, is 0.001.
  const leastOf = (): number => {
    let below = 0
    for (let k = 0; k < STEPS; k++) {
      const p = step * density(step * (k + 0.5))
      if (below + p > 0.001) return step * (k + (0.001 - below) / p)
      below += p
    }
    return Number.NaN
  }
  const least = leastOf()
  const above = Array.from({ length: 600 }, (_, k) => {
    const [from, to] = [least + (most - least) * (k / 600) ** 2, least + (most - least) * ((k + 1) / 600) ** 2]
    const x = (from + to) / 2
    return [Math.sqrt(degrees / x), (to - from) * density(x)] as const
  })
  return { least, widths: [[Math.sqrt(degrees / least), 0.001], ...above] }
}
