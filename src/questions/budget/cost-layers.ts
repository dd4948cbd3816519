// The layers that make up an offer's cost in the chosen measure.
import type { Layer } from '../../contract/operation.ts'
import type { Node } from '../../simulation/graph.ts'
import type { Trials } from '../trials.ts'

/** The layers of the bill. If offers are compared by total, people and running costs are added. */
export function costLayers({ model, measure }: Trials, place: number): { readonly names: string[]; readonly nodes: Node[] } {
  const billing = model.offers[place]
  const names: string[] = [...billing.layers]
  const nodes = billing.layers.map((layer: Layer) => billing.layer(layer))
  if (measure === 'total') {
    names.push('people', 'running')
    nodes.push(billing.people, billing.running)
  }
  return { names, nodes }
}
