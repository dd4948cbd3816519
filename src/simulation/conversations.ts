// The conversations of each month (level, growth, noise, spikes), and the part of them that the AI takes part in.
import { exp } from '../numerics/kernel/math.ts'
import type { Program } from '../compile/program.ts'
import { volumeState } from './actuals.ts'
import type { Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import { levelNodes } from './level.ts'

export interface ConversationNodes {
  readonly volume: readonly Node[]
  readonly involved: readonly Node[]
  /** By month. */
  readonly actions: readonly Node[]
  /** The factor of a spike that starts in each month, for readers of single trials. */
  readonly spikes: readonly Node[]
  /** Noise of the closed months, in steps. */
  readonly closed: readonly Node[]
  /** The noise of the month before the first one, if it is known. */
  readonly prior?: Node
}

export function conversationsOf({ months, volume: program, counting, actuals }: Program, inputs: Inputs): ConversationNodes {
  const { graph } = inputs
  const { level, noise, last, resampled, spikes, involvement, actions } = program
  const correction = noise ? exp((-noise.sd * noise.sd) / 2) : 1
  const course = levelNodes(level, inputs)
  const starts = spikes ? inputs.starts(spikes) : []
  const closed = closedStates()
  const prior = last && noise ? priorState(last) : undefined
  const states = noise && inputs.states(noise, closed, prior)
  const past = resampled && inputs.resampled(resampled, months)
  const expected = Array.from({ length: months }, (_, m) => {
    const { certain, base, power } = course(m)
    if (actuals && m < actuals.volumes.length) return graph.constant(actuals.volumes[m])
    let volume = states ? graph.growths(states[m], certain * correction) : graph.constant(certain)
    if (base !== undefined) volume = graph.multiply(base, volume)
    if (power !== undefined) volume = graph.multiply(power, volume)
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
  return {
    volume,
    involved,
    actions: actions.map((value) => inputs.value(value)),
    spikes: starts,
    closed,
    ...(prior !== undefined && { prior }),
  }

  /** The noise of the month before the first one, assuming no spike in it. */
  function priorState({ volume, level: before }: NonNullable<Program['volume']['last']>): Node {
    const { constant, base, factor } = course(0)
    let expected = graph.constant(before * constant * correction)
    if (base !== undefined) expected = graph.multiply(base, expected)
    if (factor !== undefined) expected = graph.divide(expected, factor)
    return volumeState(graph, volume, expected)
  }

  /** The noise of closed months: the actual volume relative to the volume without noise. */
  function closedStates(): readonly Node[] {
    if (!actuals) return []
    return actuals.volumes.map((actual, m) => {
      const { certain, base, power } = course(m)
      const parts = [graph.constant(certain * correction)]
      if (base !== undefined) parts.push(base)
      if (power !== undefined) parts.push(power)
      if (spikes) for (let s = Math.max(0, m - spikes.months + 1); s <= m; s++) parts.push(starts[s])
      return volumeState(
        graph,
        actual,
        parts.reduce((a, b) => graph.multiply(a, b)),
      )
    })
  }
}
