// Rank-1 lattices, each moved by random shifts. Every point of a shifted lattice is uniformly distributed, so that the spread of
// independent shifts shows the error of their mean. They share nothing with the engine's points.
import seedrandom from 'seedrandom'

/** Candidates for each coordinate. */
const TRIED = 48

/** The lattice's worst error is built up coordinate by coordinate, by Bernoulli's polynomial 2π² B₂ (Sloan and Reztsov, Math. Comp. 71, 2002). */
function generatorOf(points: number, size: number): readonly number[] {
  const next = seedrandom('lattice')
  const kernel = Float64Array.from({ length: points }, (_, k) => {
    const x = k / points
    return 2 * Math.PI ** 2 * (x * x - x + 1 / 6)
  })
  const products = new Float64Array(points).fill(1)
  const generator: number[] = []
  for (let j = 0; j < size; j++) {
    // Later coordinates, noises of single months, matter less.
    const weight = 1 / (1 + j) ** 2 + 0.01
    const errorOf = (z: number) => {
      let total = 0
      for (let i = 0, at = 0; i < points; i++, at = (at + z) % points) total += products[i] * (1 + weight * kernel[at])
      return total
    }
    const candidates = Array.from({ length: j === 0 ? 1 : TRIED }, () => 2 * Math.floor((next() * points) / 2) + 1)
    const errors = candidates.map(errorOf)
    const z = candidates[errors.indexOf(Math.min(...errors))]
    for (let i = 0, at = 0; i < points; i++, at = (at + z) % points) products[i] *= 1 + weight * kernel[at]
    generator.push(z)
  }
  return generator
}

/** Visits the points of a lattice of a power of two, moved by a shift of its own for each coordinate. */
export class Lattice {
  readonly points: number
  readonly #generator: readonly number[]

  constructor(points: number, size: number) {
    this.points = points
    this.#generator = generatorOf(points, size)
  }

  /**
   * Each point is the one before, moved by the same step.
   * @param size of its points: their first coordinates
   * @param next gives the uniform numbers of the shifts
   */
  visit(size: number, next: () => number, visitor: (point: Float64Array, k: number) => void): void {
    const steps = Float64Array.from(this.#generator.slice(0, size), (z) => z / this.points)
    const point = steps.map(() => next())
    for (let k = 0; k < this.points; k++) {
      visitor(point, k)
      for (let j = 0; j < point.length; j++) {
        const moved = point[j] + steps[j]
        point[j] = moved < 1 ? moved : moved - 1
      }
    }
  }
}
