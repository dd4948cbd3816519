// The conversations of each month (level, growth, noise, spikes), and the part of them that the AI takes part in.
import { exp } from '../numerics/kernel/math.ts'
import type { Program } from '../compile/program.ts'
import { volumeState } from './actuals.ts'
import type { Node } from './graph.ts'
import type { Inputs } from './inputs.ts'

export interface ConversationNodes {
  readonly volume: readonly Node[]
  readonly involved: readonly Node[]
  readonly actions: Node
  /** The factor of a spike that starts in each month, for readers of single trials. */
  readonly spikes: readonly Node[]
  /** Noise of the closed months, in steps. */
  readonly closed: readonly Node[]
  /** The noise of the month before the first one, if it is known. */
  readonly prior?: Node
}

export function conversationsOf({ months, volume: program, counting, actuals }: Program, inputs: Inputs): ConversationNodes {
  const { graph } = inputs
  const { levels, base, growth, noise, last, resampled, spikes, involvement, actions } = program
  const constant = typeof base === 'number' ? base : 1
  const correction = noise ? exp((-noise.sd * noise.sd) / 2) : 1
  const drawn = growth && inputs.input(growth.input)
  // The factor of a month, from growth per month or per year.
  const monthly = (drawn: Node) =>
    growth?.yearly ? graph.exponential(graph.scale(1 / 12, graph.logarithm1p(drawn))) : graph.linear(1, [[1, drawn]])
  const factor = drawn === undefined ? undefined : monthly(drawn)
  const starts = spikes ? inputs.starts(spikes) : []
  const closed = closedStates()
  const prior = last && noise ? priorState(last) : undefined
  const states = noise && inputs.states(noise, closed, prior)
  const past = resampled && inputs.resampled(resampled, months)
  let power = graph.constant(1)
  const expected = Array.from({ length: months }, (_, m) => {
    const level = levels[m] * constant
    if (actuals && m < actuals.volumes.length) {
      if (factor !== undefined) power = graph.multiply(factor, power)
      return graph.constant(actuals.volumes[m])
    }
    let volume = states ? graph.growths(states[m], level * correction) : graph.constant(level)
    if (base !== undefined && typeof base !== 'number') volume = graph.multiply(inputs.value(base), volume)
    if (factor !== undefined) {
      volume = graph.multiply(power, volume)
      power = graph.multiply(factor, power)
    }
    if (past) volume = graph.multiply(past[m], volume)
    if (spikes) for (let s = Math.max(0, m - spikes.months + 1); s <= m; s++) volume = graph.multiply(starts[s], volume)
    return volume
  })
  const volume = counting ? expected.map((mean, m) => graph.poisson(graph.uniform(counting.volume[m]), mean)) : expected
  const involved = volume.map((all, m) => {
    const share = inputs.value(involvement[m])
    if (!counting) return graph.multiply(share, all)
    return graph.known(share) === 1 ? all : graph.binomial(graph.uniform(counting.involved[m]), all, share)
  })
  return { volume, involved, actions: inputs.value(actions), spikes: starts, closed, ...(prior !== undefined && { prior }) }

  /** The noise of the month before the first one, assuming no spike in it. */
  function priorState({ volume, level }: NonNullable<Program['volume']['last']>): Node {
    let expected = graph.constant(level * constant * correction)
    if (base !== undefined && typeof base !== 'number') expected = graph.multiply(inputs.value(base), expected)
    if (factor !== undefined) expected = graph.divide(expected, factor)
    return volumeState(graph, volume, expected)
  }

  /** The noise of closed months: the actual volume relative to the volume without noise. */
  function closedStates(): readonly Node[] {
    if (!actuals) return []
    let growing = graph.constant(1)
    return actuals.volumes.map((actual, m) => {
      const parts = [graph.constant(levels[m] * constant * correction)]
      if (base !== undefined && typeof base !== 'number') parts.push(inputs.value(base))
      if (factor !== undefined) {
        parts.push(growing)
        growing = graph.multiply(factor, growing)
      }
      if (spikes) for (let s = Math.max(0, m - spikes.months + 1); s <= m; s++) parts.push(starts[s])
      return volumeState(
        graph,
        actual,
        parts.reduce((a, b) => graph.multiply(a, b)),
      )
    })
  }
}
