// The tornado: the mean cost with one input at its P10 and at its P90.
import { P90_SCORE } from '../../numerics/distributions/special/normal.ts'
import { estimateOf, meanFigure, ratioOf } from '../../numerics/estimators/figure.ts'
import { columnMean } from '../../numerics/estimators/figures.ts'
import { sorting } from '../../numerics/estimators/sorting.ts'
import { type Beyond, SampledColumn } from '../../numerics/estimators/sorted.ts'
import type { Steps } from '../../pace.ts'
import { following, type Pattern } from '../../simulation/frozen.ts'
import { recording } from '../../simulation/recorded.ts'
import type { Estimate } from '../../summary/summary.ts'
import { eventsOf } from '../../compile/program.ts'
import type { Group, Question } from './question.ts'

/**
 * Sets a group's score, or the mean score of a noise, to its P10 and its P90. Scores that are correlated with it follow. Events have too few
 * values for that, and futures of a history have no order among their draws.
 */
export function swingsOf({ program: { mixes } }: Question, { kind, dimensions }: Group): NonNullable<Pattern['set']>[] {
  if (kind === 'events' || kind === 'counts' || kind === 'history') return []
  const followers = following(mixes, new Set(dimensions))
  return [-P90_SCORE, P90_SCORE].map((score) => (scores, rows) => {
    const n = dimensions.length
    for (let row = 0; row < rows; row++) {
      let mean = 0
      for (const d of dimensions) mean += scores[d][row] / n
      const by = score / Math.sqrt(n) - mean
      for (const d of dimensions) scores[d][row] += by
      for (const { to, factor } of followers) scores[to][row] += factor * by
    }
  })
}

/** The means of the two ends. @param outcome what the plan says of the outcome, of which the group's own rare values do not count */
export function endsOf(
  columns: readonly Float64Array[],
  { design, beyond }: Question,
  outcome: Beyond,
  { dimensions }: Group,
): Estimate[] {
  const others = beyond.without(new Set(dimensions), outcome)
  return columns.map((column) => estimateOf(columnMean(new SampledColumn(column, design, others))))
}

/** One number per trial for each group: the input, the mean score of a noise, the volume of a history's futures, or the number of events. */
export function representatives({ model, program, plan, seed, groups, learnable }: Question): Steps<Float64Array[]> {
  const { graph, inputs } = model
  const meanOf = (nodes: readonly number[]) =>
    graph.linear(
      0,
      nodes.map((node) => [1 / nodes.length, node] as const),
    )
  const tables = new Map(eventsOf(program).map((own) => [own.name, own]))
  const nodes = groups.map(({ name, kind, dimensions }) => {
    const known = kind === 'input' || kind === 'history' ? learnable.find((one) => one.name === name) : undefined
    if (known) return known.value
    const events = tables.get(name)
    if (events) return graph.add(...inputs.starts(events))
    return meanOf(dimensions.map((d) => (kind === 'counts' ? graph.uniform(d) : inputs.score(d))))
  })
  return recording(model, plan, seed, nodes, plan.trials)
}

/** Mean costs in the trials with the lowest and with the highest tenth of the values. */
export function* tails(values: Float64Array, y: Float64Array, starts: readonly number[]): Steps<Estimate[]> {
  const sorted = yield* sorting(values)
  const n = sorted.length
  const [low, high] = [sorted[Math.floor(0.1 * n)], sorted[Math.min(n - 1, Math.ceil(0.9 * n))]]
  return [(value: number) => value <= low, (value: number) => value >= high].map((is) =>
    estimateOf(
      ratioOf(
        meanFigure(starts, (i) => (is(values[i]) ? y[i] : 0), 0),
        meanFigure(starts, (i) => (is(values[i]) ? 1 : 0), 0),
      ),
    ),
  )
}
