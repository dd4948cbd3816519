// The counts of each meter, offer by offer, segment by segment and month by month.
import type { MeterProgram, OfferProgram, Program } from '../compile/program.ts'
import { type ConversationNodes, involvedIn } from './conversations.ts'
import type { Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import type { ResolutionNodes } from './resolution.ts'

/** The conversations that the AI takes part in, and those that it resolves, by segment. An offer's limit may lower both. */
export interface Handled {
  /** All conversations that come to the contract. */
  readonly volume: (segment: number) => readonly Node[]
  readonly involved: (segment: number) => readonly Node[]
  readonly genuine: (segment: number, rate: number) => readonly Node[]
}

export class Usage {
  readonly conversations: ConversationNodes
  /** With the involvement of the segments, before any offer's own. */
  readonly handled: Handled
  readonly #program: Program
  readonly #inputs: Inputs
  readonly #resolution: ResolutionNodes

  constructor(program: Program, inputs: Inputs, conversations: ConversationNodes, resolution: ResolutionNodes) {
    this.#program = program
    this.#inputs = inputs
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
      genuine: (segment, rate) => {
        const key = `${segment} ${rate}`
        const made = known.get(key) ?? this.#resolve(segment, involved[segment], this.#resolution.rates[rate])
        known.set(key, made)
        return made
      },
    }
  }

  #resolve(segment: number, involved: readonly Node[], { trend, noise }: ResolutionNodes['rates'][number]): readonly Node[] {
    const { graph } = this.#inputs
    const { counting } = this.#program.segments[segment]
    return involved.map((count, m) => {
      if (graph.known(count) === 0) return count
      const own = noise?.[m]
      if (counting) {
        const rate = own ? graph.rate(own.state, trend[m], own.odds) : trend[m]
        return graph.binomial(graph.uniform(counting.resolved[m]), count, rate)
      }
      return own ? graph.resolved(own.state, count, trend[m], own.odds) : graph.multiply(trend[m], count)
    })
  }

  /** The counts of one meter in each month. */
  count(meter: MeterProgram, handling: Handled = this.handled): readonly Node[] {
    const { graph } = this.#inputs
    const { segment } = meter
    const { involved, genuine } = handling
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
      case 'genuine':
        return genuine(segment, meter.rate)
      case 'escalations':
        return genuine(segment, meter.rate).map((count, m) => graph.subtract(handled[m], count))
      case 'people':
        return genuine(segment, meter.rate).map((count, m) => graph.subtract(volume[m], count))
      case 'billable':
        return this.#billable(meter, handled, genuine(segment, meter.rate))
    }
  }

  /** What a quantity has a number of. */
  #countedBy({ per, segment, rate }: MeterProgram & { kind: 'quantity' }, handled: Handled): readonly Node[] {
    if (per === 'ticket') return this.count({ kind: 'tickets', segment }, handled)
    if (per === 'conversation' || rate === undefined) return this.count({ kind: 'conversations', segment }, handled)
    return this.count({ kind: per === 'resolution' ? 'genuine' : 'escalations', segment, rate }, handled)
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

  /** (G a + (A − G) b) (1 − c), with G genuine resolutions among A conversations. A credit c with a lag comes off a later bill. */
  #billable(
    { resolved, unresolved, reopened, lag }: MeterProgram & { kind: 'billable' },
    involved: readonly Node[],
    genuine: readonly Node[],
  ): readonly Node[] {
    const { graph } = this.#inputs
    const [a, b, c] = [resolved, unresolved, reopened].map((values) => values.map((value) => this.#inputs.value(value)))
    const counted = genuine.map((count, m) =>
      graph.add(graph.multiply(a[m], count), graph.multiply(b[m], graph.subtract(involved[m], count))),
    )
    if (lag === 0) return counted.map((count, m) => graph.multiply(graph.complement(c[m]), count))
    return counted.map((count, m) => {
      if (m < lag) return count
      return graph.positive(graph.subtract(count, graph.multiply(c[m - lag], counted[m - lag])))
    })
  }
}
