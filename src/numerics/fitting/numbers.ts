// The numbers of a distribution as plain data, in one list: each may be moved, or rounded.
import { type DistributionSpec, distributions, isSpec, type ParameterKind } from '../distributions/index.ts'

/** A number of a distribution that a fit may choose, and a small step of it. */
interface Free {
  readonly value: number
  readonly step: number
}

/** Steps as shares of a standard deviation, or of the number itself. */
const SMALL = 0.1

function stepOf(kind: ParameterKind, value: number, sd: number): number {
  if (kind === 'value' || kind === 'values') return SMALL * sd
  if (kind === 'spread' || kind === 'weights') return SMALL * Math.abs(value)
  return SMALL * Math.max(SMALL, Math.abs(value))
}

const kindsIn = ({ distribution }: DistributionSpec): readonly (readonly [string, ParameterKind])[] =>
  Object.entries(distributions.get(distribution)?.parameters ?? {})

/** The parts of a parameter that a fit may choose. Probabilities of percentiles are stated, and only ratios of weights count. */
function chosenIn(kind: ParameterKind, parameter: unknown): readonly unknown[] {
  if (kind === 'probabilities' || kind === 'form') return []
  const all = [parameter].flat()
  return kind === 'weights' ? all.slice(0, -1) : all
}

/** The numbers that a fit may choose, in the order of the parameters. */
export function freeNumbers(spec: DistributionSpec, sd: number): Free[] {
  return kindsIn(spec).flatMap(([name, kind]): Free[] => {
    return chosenIn(kind, spec[name]).flatMap((part): Free[] => {
      if (isSpec(part)) return freeNumbers(part, sd)
      return typeof part === 'number' ? [{ value: part, step: stepOf(kind, part, sd) }] : []
    })
  })
}

/** The same distribution with other numbers, in the order of `freeNumbers`. */
export function withNumbers(spec: DistributionSpec, numbers: readonly number[]): DistributionSpec {
  let next = 0
  const inside = (own: DistributionSpec): DistributionSpec => {
    const found = kindsIn(own).map(([name, kind]): readonly [string, unknown] => {
      const stated = own[name]
      const parts = chosenIn(kind, stated).map((part) => (isSpec(part) ? inside(part) : numbers[next++]))
      return [name, Array.isArray(stated) ? [...parts, ...stated.slice(parts.length)] : (parts[0] ?? stated)]
    })
    return { distribution: own.distribution, ...Object.fromEntries(found) }
  }
  return inside(spec)
}

/** Rounds every number of a distribution, also its probabilities. @param digits significant digits */
export function roundedSpec(spec: DistributionSpec, digits: number): DistributionSpec {
  const rounded = (part: unknown): unknown => {
    if (typeof part === 'number') return Number(part.toPrecision(digits))
    if (Array.isArray(part)) return part.map(rounded)
    return isSpec(part) ? roundedSpec(part, digits) : part
  }
  return Object.fromEntries(Object.entries(spec).map(([key, own]) => [key, rounded(own)])) as unknown as DistributionSpec
}
