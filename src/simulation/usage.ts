// The counts of each meter, month by month.
import type { MeterProgram, Program } from '../compile/program.ts'
import type { ConversationNodes } from './conversations.ts'
import type { Node } from './graph.ts'
import type { Inputs } from './inputs.ts'
import type { ResolutionNodes } from './resolution.ts'

/** The conversations that the AI takes part in, and those that it resolves. An offer's limit may lower both. */
export interface Handled {
  readonly involved: readonly Node[]
  readonly genuine: (rate: number) => readonly Node[]
}

export class Usage {
  readonly conversations: ConversationNodes
  readonly handled: Handled
  readonly #program: Program
  readonly #inputs: Inputs
  readonly #genuine = new Map<number, readonly Node[]>()

  constructor(program: Program, inputs: Inputs, conversations: ConversationNodes, resolution: ResolutionNodes) {
    this.#program = program
    this.#inputs = inputs
    this.conversations = conversations
    this.handled = {
      involved: conversations.involved,
      genuine: (rate) => {
        const known = this.#genuine.get(rate)
        if (known) return known
        const made = this.#resolve(resolution.rates[rate])
        this.#genuine.set(rate, made)
        return made
      },
    }
  }

  #resolve({ trend, noise }: ResolutionNodes['rates'][number]): readonly Node[] {
    const { graph } = this.#inputs
    const { counting } = this.#program
    return this.conversations.involved.map((involved, m) => {
      const own = noise?.[m]
      if (counting) {
        const rate = own ? graph.rate(own.state, trend[m], own.odds) : trend[m]
        return graph.binomial(graph.uniform(counting.resolved[m]), involved, rate)
      }
      return own ? graph.resolved(own.state, involved, trend[m], own.odds) : graph.multiply(trend[m], involved)
    })
  }

  /** The counts of one meter in each month. */
  count(meter: MeterProgram, { involved, genuine }: Handled = this.handled): readonly Node[] {
    const { graph } = this.#inputs
    const { volume, actions } = this.conversations
    switch (meter.kind) {
      case 'tickets':
        return volume
      case 'conversations':
        return involved
      case 'actions':
        return involved.map((count, m) => graph.multiply(actions[m], count))
      case 'genuine':
        return genuine(meter.rate)
      case 'escalations':
        return genuine(meter.rate).map((count, m) => graph.subtract(involved[m], count))
      case 'people':
        return genuine(meter.rate).map((count, m) => graph.subtract(volume[m], count))
      case 'billable':
        return this.#billable(meter, involved, genuine(meter.rate))
    }
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
