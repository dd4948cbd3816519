// A model on pairs of trials that share some of their draws ("pick-freeze"; Sobol', Mathematics and Computers in Simulation 55, 2001). If
// scores are correlated, the other draws are conditional on the shared ones (Matheron's rule for normal scores).
import { countingIn, type Mix } from '../compile/program.ts'
import { solve } from '../numerics/distributions/special/solve.ts'
import { Arena, type Pointer } from '../numerics/kernel/arena.ts'
import type { Plan } from '../numerics/random/plan.ts'
import type { Steps } from '../pace.ts'
import type { Node } from './graph.ts'
import { JoinedScores } from './joined.ts'
import { covarianceIn } from './mixed.ts'
import type { DrawnModel } from './model.ts'
import { BlockWalk } from './walk.ts'

/** The dimensions that keep the score of the first trial. The others have the score of the second. */
export interface Pattern {
  /** A list has one set for each replicate of the plan. */
  readonly kept: ReadonlySet<number> | readonly ReadonlySet<number>[]
  /** Replaces some of the resulting scores. */
  readonly set?: (scores: readonly Float64Array[], rows: number) => void
}

const setsOf = ({ kept }: Pattern): readonly ReadonlySet<number>[] => ('has' in kept ? [kept] : kept)

/** The values by pattern, node and trial. A pattern that keeps all dimensions gives the first trial itself. */
export function* frozen(
  model: DrawnModel,
  plan: Plan,
  seed: string,
  nodes: readonly Node[],
  patterns: readonly Pattern[],
): Steps<Float64Array[][]> {
  const { program, graph, inputs } = model
  const { dimensions, mixes } = program
  const arena = new Arena()
  const { ops } = arena.kernel
  const count = dimensions.length
  const walk = new BlockWalk(arena, plan, seed, [
    ...dimensions,
    ...dimensions.map(({ name, coordinate }) => ({ name: `${name} again`, coordinate: count + coordinate })),
  ])
  const columns = (): Pointer[] => dimensions.map(() => arena.column())
  const [numbers, first, second, chosen] = [arena.column(), columns(), columns(), columns()]
  const uniformDimensions = countingIn(program)
  const mixed = new Map(mixes.flatMap(({ dimensions: own }) => own.map((d) => [inputs.score(d), chosen[d]] as const)))
  const results = patterns.map(() => nodes.map(() => new Float64Array(plan.trials)))
  let pattern = 0
  const sinks = nodes.map((node, k) => walk.keeping(node, () => results[pattern][k]))
  const tape = walk.tape(graph, sinks, {
    scores: (dimension) => chosen[dimension],
    given: (node) => mixed.get(node),
    uniforms: (dimension, out, padded) => ops.affine(chosen[dimension], out, padded, 0, 1),
  })
  const joined = mixes.flatMap((mix) => {
    const { tail } = mix
    return tail ? [new JoinedScores(arena, { ...mix, tail }, { first, second, chosen }, patterns.flatMap(setsOf))] : []
  })
  const maps = patterns.map((one) => setsOf(one).map((kept) => following(mixes, kept)))
  const draw = (into: readonly Pointer[], again: number, padded: number) => {
    dimensions.forEach((_, d) => {
      walk.fill(again * count + d, numbers, padded)
      if (uniformDimensions.has(d)) ops.affine(numbers, into[d], padded, 0, 1)
      else ops.normals(numbers, into[d], padded)
    })
    correlate(mixes, into, padded, ops)
  }
  const choose = (one: Pattern, padded: number) => {
    const sets = setsOf(one)
    const own = sets.length === 1 ? 0 : walk.replicate
    dimensions.forEach((_, d) => ops.affine(sets[own].has(d) ? first[d] : second[d], chosen[d], padded, 0, 1))
    for (const group of joined) group.condition(sets[own], padded)
    for (const { to, from, factor } of maps[pattern][own]) {
      ops.addScaled(chosen[from], chosen[to], padded, factor)
      ops.addScaled(second[from], chosen[to], padded, -factor)
    }
    for (const group of joined) group.join(padded)
    one.set?.(
      chosen.map((column) => arena.view(column, padded)),
      padded,
    )
  }
  for (const { rows } of walk.blocks()) {
    const padded = (rows + 3) & ~3
    draw(first, 0, padded)
    draw(second, 1, padded)
    for (pattern = 0; pattern < patterns.length; pattern++) {
      choose(patterns[pattern], padded)
      tape.run(rows)
      yield rows
    }
  }
  arena.release()
  return results
}

/** Correlates independent scores in place, from the last to the first, since a factor is triangular. */
function correlate(mixes: readonly Mix[], scores: readonly Pointer[], padded: number, ops: Arena['kernel']['ops']): void {
  for (const { dimensions, factor } of mixes) {
    for (let row = dimensions.length - 1; row >= 0; row--) {
      const into = scores[dimensions[row]]
      ops.scale(into, into, padded, factor[row][row])
      for (let k = 0; k < row; k++) ops.addScaled(scores[dimensions[k]], into, padded, factor[row][k])
    }
  }
}

/** How the other scores are expected to move if some scores do: for each pair, by how much per unit. */
export const following = (mixes: readonly Mix[], moved: ReadonlySet<number>): readonly Move[] =>
  mixes.flatMap((mix) => conditional(mix, moved))

type Move = { readonly to: number; readonly from: number; readonly factor: number }

/** The amount added to a score of the second trial per unit of difference in a kept score: C(to, kept) C(kept, kept)⁻¹. */
function conditional(mix: Mix, kept: ReadonlySet<number>): Move[] {
  const { dimensions } = mix
  const inside = dimensions.map((d, k) => ({ d, k })).filter(({ d }) => kept.has(d))
  const outside = dimensions.map((d, k) => ({ d, k })).filter(({ d }) => !kept.has(d))
  if (inside.length === 0 || outside.length === 0) return []
  return outside.flatMap(({ d: to, k: row }) => {
    const solved = solve(
      inside.map(({ k: a }) => inside.map(({ k: b }) => covarianceIn(mix, a, b))),
      inside.map(({ k: a }) => covarianceIn(mix, row, a)),
    )
    return inside.map(({ d: from }, j) => ({ to, from, factor: solved[j] }))
  })
}
