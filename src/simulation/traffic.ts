// The shares of the conversations that the parts of an offer get, as nodes.
import type { Value } from '../contract/operation.ts'
import { type PartShares, shareAt, statedShares } from '../contract/shares.ts'
import type { Node } from './graph.ts'
import type { Inputs } from './inputs.ts'

/** By segment and month. */
export const shareNodes = (all: readonly PartShares<Value>[], p: number, inputs: Inputs): Node[][] =>
  all[p].shares.map((months, s) => months.map((_, m) => shareNode(all, p, [s, m], inputs)))

function shareNode(all: readonly PartShares<Value>[], p: number, [s, m]: readonly [number, number], inputs: Inputs): Node {
  const { graph } = inputs
  const own = all[p].shares[s][m]
  const stated = statedShares(all, s, m)
  const certain = [own, ...stated].every((share) => share === 'rest' || typeof share === 'number')
  if (own === 0 || certain) return graph.constant(shareAt(all, p, [s, m], (share) => (typeof share === 'number' ? share : 0)))
  if (all[p].shadow[m]) return own === 'rest' ? graph.constant(1) : inputs.value(own)
  const taken = graph.add(...stated.map((share) => inputs.value(share)))
  if (own === 'rest') return graph.positive(graph.complement(taken))
  return graph.divide(inputs.value(own), graph.greatest(taken, graph.constant(1)))
}
