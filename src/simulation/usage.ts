// The counts of each meter, offer by offer, segment by segment and month by month.
import type { MeterProgram, OfferProgram, Program, ReturnedProgram } from '../compile/program.ts'
import { type ConversationNodes, involvedIn } from './conversations.ts'
import type { Graph, Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import type { ResolutionNodes } from './resolution.ts'

/** The conversations that the AI takes part in, and those that it resolves, by segment. An offer's limit may lower both. */
export interface Handled {
  /** All conversations that come to the contract. */
  readonly volume: (segment: number) => readonly Node[]
  readonly involved: (segment: number) => readonly Node[]
  /** What seems resolved, of which a share may come back. */
  readonly resolved: (segment: number, rate: number) => readonly Node[]
}

export class Usage {
  readonly conversations: ConversationNodes
  /** With the involvement of the segments, before any offer's own. */
  readonly handled: Handled
  readonly graph: Graph
  readonly #program: Program
  readonly #inputs: Inputs
  readonly #resolution: ResolutionNodes

  constructor(program: Program, inputs: Inputs, conversations: ConversationNodes, resolution: ResolutionNodes) {
    this.#program = program
    this.#inputs = inputs
    this.graph = inputs.graph
    this.#resolution = resolution
    this.conversations = conversations
    this.handled = this.#handling(
      conversations.segments.map(({ volume }) => volume),
      conversations.segments.map(({ involved }) => involved),
    )
  }

  /**
   * What an offer's AI handles: with its own involvement, and nothing in segments that it does not serve.
   * @param shares of the conversations that come to it, by segment and month; all if absent
   */
  of({ segments }: OfferProgram, shares?: readonly (readonly Node[])[]): Handled {
    const { segments: stated } = this.#program
    const volumes = this.conversations.segments.map(({ volume }, s) =>
      shares ? volume.map((count, m) => this.#inputs.graph.multiply(shares[s][m], count)) : volume,
    )
    if (!shares && segments.every(({ served, involvement }, s) => served && involvement === stated[s].involvement))
      return this.handled
    const none = this.#inputs.graph.constant(0)
    return this.#handling(
      volumes,
      segments.map(({ served, involvement }, s) => {
        const { involved } = this.conversations.segments[s]
        if (!served) return volumes[s].map(() => none)
        if (!shares && involvement === stated[s].involvement) return involved
        const taken = involvement.map((value) => this.#inputs.value(value))
        return involvedIn(stated[s], volumes[s], taken, this.#inputs)
      }),
    )
  }

  #handling(volumes: readonly (readonly Node[])[], involved: readonly (readonly Node[])[]): Handled {
    const known = new Map<string, readonly Node[]>()
    return {
      volume: (segment) => volumes[segment],
      involved: (segment) => involved[segment],
      resolved: (segment, rate) => {
        const key = `${segment} ${rate}`
        const made = known.get(key) ?? involved[segment].map((count, m) => this.resolvedIn([segment, m], rate, count))
        known.set(key, made)
        return made
      },
    }
  }

  /** What seems resolved of the conversations that the AI takes part in, in one month of a segment. */
  resolvedIn([segment, m]: readonly [number, number], rate: number, count: Node): Node {
    const { graph } = this.#inputs
    if (graph.known(count) === 0) return count
    const { trend, noise } = this.#resolution.rates[rate]
    const { counting } = this.#program.segments[segment]
    const own = noise?.[m]
    if (counting) {
      const share = own ? graph.rate(own.state, trend[m], own.odds) : trend[m]
      return graph.binomial(graph.uniform(counting.resolved[m]), count, share)
    }
    return own ? graph.resolved(own.state, count, trend[m], own.odds) : graph.multiply(trend[m], count)
  }

  /** What comes back of that later. */
  returnedOf([segment, m]: readonly [number, number], { shares }: ReturnedProgram, resolved: Node): Node {
    const { graph } = this.#inputs
    const draws = this.#program.segments[segment].counting?.returned
    const share = this.#inputs.value(shares[m])
    if (!draws) return graph.multiply(share, resolved)
    return graph.least(resolved, graph.binomial(graph.uniform(draws[m]), resolved, share))
  }

  /** What comes back in each month; undefined where nothing does. */
  #arriving(segment: number, returned: ReturnedProgram, resolved: readonly Node[]): (Node | undefined)[] {
    return resolved.map((_, m) => {
      const from = m - returned.lag
      return from < 0 ? undefined : this.returnedOf([segment, from], returned, resolved[from])
    })
  }

  /** The counts of one meter in each month. */
  count(meter: MeterProgram, handling: Handled = this.handled): readonly Node[] {
    const { graph } = this.#inputs
    const { segment } = meter
    const { involved, resolved } = handling
    const volume = handling.volume(segment)
    const handled = involved(segment)
    switch (meter.kind) {
      case 'tickets':
        return volume
      case 'conversations':
        return handled
      case 'quantity': {
        const counted = this.#countedBy(meter, handling)
        return meter.each.map((each, m) => graph.multiply(this.#inputs.value(each), counted[m]))
      }
      case 'seeming':
        return resolved(segment, meter.rate)
      case 'genuine':
        return resolved(segment, meter.rate).map((count, m) =>
          graph.subtract(count, this.returnedOf([segment, m], meter.returned, count)),
        )
      case 'escalations':
        return resolved(segment, meter.rate).map((count, m) => graph.subtract(handled[m], count))
      case 'people':
        return this.freed(meter, handling).map((count, m) => graph.subtract(volume[m], count))
      case 'billable':
        return this.#billable(meter, handled, resolved(segment, meter.rate))
    }
  }

  /** The conversations that the AI takes off people: what seems resolved, less those who come back to people. */
  freed({ segment, rate, returned }: MeterProgram & { kind: 'people' }, { resolved }: Handled): readonly Node[] {
    const solved = resolved(segment, rate)
    if (!returned) return solved
    const back = this.#arriving(segment, returned, solved)
    return solved.map((count, m) => {
      const again = back[m]
      return again === undefined ? count : this.#inputs.graph.subtract(count, again)
    })
  }

  /** What a quantity has a number of. */
  #countedBy({ per, segment, rate }: MeterProgram & { kind: 'quantity' }, handled: Handled): readonly Node[] {
    if (per === 'ticket') return this.count({ kind: 'tickets', segment }, handled)
    if (per === 'conversation' || rate === undefined) return this.count({ kind: 'conversations', segment }, handled)
    return this.count({ kind: per === 'resolution' ? 'seeming' : 'escalations', segment, rate }, handled)
  }

  /** The quantity that a charge counts in each month: meters times their weights. */
  counted(
    quantity: readonly { readonly meter: number; readonly weight: number }[],
    handled: Handled = this.handled,
  ): readonly Node[] {
    const parts = quantity.map(({ meter, weight }) => ({ weight, months: this.count(this.#program.meters[meter], handled) }))
    return this.conversations.volume.map((_, m) =>
      this.#inputs.graph.linear(
        0,
        parts.map(({ weight, months }) => [weight, months[m]] as const),
      ),
    )
  }

  /** Sums of the meters of several segments in each month. */
  sum(meters: readonly number[], handled: Handled): readonly Node[] {
    return this.counted(
      meters.map((meter) => ({ meter, weight: 1 })),
      handled,
    )
  }

  /**
   * (R a + (A − R) b) (1 − c), with R seeming resolutions among A conversations. A credit c with a lag comes off a later bill, and so does
   * that of those who come back.
   */
  #billable(
    { segment, resolved, unresolved, reopened, lag, returned }: MeterProgram & { kind: 'billable' },
    involved: readonly Node[],
    solved: readonly Node[],
  ): readonly Node[] {
    const { graph } = this.#inputs
    const [a, b, c] = [resolved, unresolved, reopened].map((values) => values.map((value) => this.#inputs.value(value)))
    const counted = solved.map((count, m) =>
      graph.add(graph.multiply(a[m], count), graph.multiply(b[m], graph.subtract(involved[m], count))),
    )
    if (returned) {
      const back = this.#arriving(segment, returned, solved)
      return counted.map((count, m) => {
        const again = back[m]
        if (again === undefined) return count
        const left = graph.subtract(count, graph.multiply(a[m - returned.lag], again))
        return returned.lag === 0 ? left : graph.positive(left)
      })
    }
    if (lag === 0) return counted.map((count, m) => graph.multiply(graph.complement(c[m]), count))
    return counted.map((count, m) => {
      if (m < lag) return count
      return graph.positive(graph.subtract(count, graph.multiply(c[m - lag], counted[m - lag])))
    })
  }
}
