// How heavy the tails of a graph's columns are: P(X > x) falls like x^(−1/h), so that moments of order 1/h and above are infinite. A sum is
// as heavy as its heaviest term, and so is a product of independent factors (Breiman, Theory of Probability and Its Applications 10, 1965).
// Factors that share a draw may be large together, so that theirs add up.
import { contractsOf, type DrawnProgram, eventsOf, type OfferProgram, type Program } from '../compile/program.ts'
import type { Graph, Node, NodeDefinition } from './graph.ts'

interface Tail {
  /** h. 0 if all moments are finite. */
  readonly weight: number
  /** The heaviness of e^X. */
  readonly exponential: number
  /** The heavy inputs that it depends on, by group of correlated inputs. */
  readonly groups: ReadonlySet<number>
}

const NONE: ReadonlySet<number> = new Set()
const LIGHT: Tail = { weight: 0, exponential: 0, groups: NONE }

/** The heaviness of a program's nodes. */
export interface Heaviness {
  readonly of: (node: Node) => number
  /** The heaviness of one node minus another. Parts that both have in common cancel. */
  readonly between: (a: Node, b: Node) => number
}

/** The heaviness of any node of a program's graph. 0 for all if no input is heavy. */
export function heavinessIn(graph: Graph, program: DrawnProgram): Heaviness {
  const tables = heavyTables(program)
  if (tables.size === 0) return { of: () => 0, between: () => 0 }
  const groupOf = groupsOf(program)
  const known: Tail[] = []
  const of = (node: Node) => {
    for (let k = known.length; k <= node; k++) known.push(tailOf(graph, graph.definitions[k], known, tables, groupOf))
    return known[node].weight
  }
  return { of, between: (a, b) => Math.max(0, ...partsApart(graph, a, b).map(({ node }) => of(node))) }
}

/** Coefficients that differ by less than this share of their size are equal. */
const ROUNDING = 1e-12

/** The nodes that one node minus another consists of. None if both differ by a constant. */
export function partsApart(graph: Graph, a: Node, b: Node): { readonly coefficient: number; readonly node: Node }[] {
  const sums = new Map<Node, { sum: number; size: number }>()
  const add = (coefficient: number, node: Node): void => {
    const { operation, args, numbers } = graph.definitions[node]
    if (operation === 'constant') return
    if (operation === 'linear') {
      args.forEach((arg, k) => add(coefficient * numbers[1 + k], arg))
      return
    }
    const known = sums.get(node) ?? { sum: 0, size: 0 }
    sums.set(node, { sum: known.sum + coefficient, size: known.size + Math.abs(coefficient) })
  }
  add(1, a)
  add(-1, b)
  return [...sums].flatMap(([node, { sum, size }]) => (Math.abs(sum) > ROUNDING * size ? [{ coefficient: sum, node }] : []))
}

/** Whether an offer has a limit, a cap or a rule of a program's own, which may make the tail of its cost light. */
export const isCapped = (offer: OfferProgram): boolean =>
  contractsOf(offer).some(
    ({ contract: { charges, limits } }) =>
      limits.length > 0 || charges.some(({ maximum, rule }) => maximum !== undefined || rule !== undefined),
  )

const heavyTables = (program: DrawnProgram): ReadonlyMap<Uint8Array, number> =>
  new Map(
    [...program.inputs, ...eventsOf(program)].flatMap(({ table, moments }) =>
      moments === undefined ? [] : [[table, 1 / moments] as const],
    ),
  )

/** Correlated dimensions have the number of the first of them. */
function groupsOf({ mixes }: Pick<Program, 'mixes'>): (dimension: number) => number {
  const first = new Map(
    mixes.flatMap(({ dimensions, tail }) =>
      [...dimensions, ...(tail ? [tail.dimension] : [])].map((dimension) => [dimension, dimensions[0]] as const),
    ),
  )
  return (dimension) => first.get(dimension) ?? dimension
}

function tailOf(
  graph: Graph,
  { operation, args, numbers }: NodeDefinition,
  known: readonly Tail[],
  tables: ReadonlyMap<Uint8Array, number>,
  groupOf: (dimension: number) => number,
): Tail {
  const parts = args.map((arg) => known[arg])
  switch (operation) {
    case 'tabulated': {
      const weight = tables.get(graph.tables[numbers[0]])
      return weight === undefined
        ? LIGHT
        : { weight, exponential: Infinity, groups: new Set([groupOf(dimensionOf(graph, args[0]))]) }
    }
    case 'linear':
      return {
        weight: heaviest(parts),
        exponential: parts.reduce((sum, { exponential }, k) => sum + scaled(numbers[1 + k], exponential), 0),
        groups: union(parts),
      }
    case 'multiply':
    case 'binomial':
    case 'resolved':
      return product(parts)
    case 'divide':
      // Divisors are conversations, rates or factors, which stay away from 0 where the quotient is large.
      return of(parts[0])
    case 'least':
      return { ...of(parts[0].weight <= parts[1].weight ? parts[0] : parts[1]), groups: union(parts) }
    case 'clamp':
      return numbers[1] < Infinity ? LIGHT : of(parts[0])
    case 'exponential':
      return parts[0].exponential > 0 ? { weight: parts[0].exponential, exponential: Infinity, groups: parts[0].groups } : LIGHT
    case 'logarithm1p':
      return { weight: 0, exponential: parts[0].weight, groups: parts[0].groups }
    case 'greatest':
    case 'excess':
    case 'packages':
    case 'poisson':
    case 'ruled':
      return { weight: heaviest(parts), exponential: heaviest(parts) > 0 ? Infinity : 0, groups: union(parts) }
    default:
      return LIGHT
  }
}

const of = ({ weight, groups }: Tail): Tail => ({ weight, exponential: weight > 0 ? Infinity : 0, groups })
const scaled = (factor: number, exponential: number): number => (exponential === 0 ? 0 : Math.max(0, factor) * exponential)
const heaviest = (parts: readonly Tail[]): number => Math.max(0, ...parts.map(({ weight }) => weight))
const union = (parts: readonly Tail[]): ReadonlySet<number> =>
  parts.every(({ groups }) => groups.size === 0) ? NONE : new Set(parts.flatMap(({ groups }) => [...groups]))

function product(parts: readonly Tail[]): Tail {
  const heavy = parts.filter(({ weight }) => weight > 0)
  if (heavy.length === 0) return LIGHT
  const [a, b] = heavy
  const shared = b !== undefined && [...a.groups].some((group) => b.groups.has(group))
  const weight = shared ? a.weight + b.weight : heaviest(heavy)
  return { weight, exponential: Infinity, groups: union(parts) }
}

/** The dimension of a score, or the first of a correlated mix. */
function dimensionOf(graph: Graph, node: Node): number {
  const { operation, args, numbers } = graph.definitions[node]
  return operation === 'score' || args.length === 0 ? numbers[0] : dimensionOf(graph, args[0])
}
