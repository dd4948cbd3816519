// Adds up what one offer bills in one trial: by month, by layer and by segment.

/** The layers of a bill. */
export const LAYERS = ['usage', 'commitment', 'overage', 'platform', 'set-up', 'credits'] as const
export const [USAGE, COMMITMENT, OVERAGE, PLATFORM, SETUP, CREDITS] = LAYERS.keys()

type ByStream = readonly Float64Array[]

/** The sums of all contracts of an offer. */
export class Totals {
  readonly bills: Float64Array
  /** By place in LAYERS. */
  readonly layers = new Float64Array(LAYERS.length)
  /** Whether the offer has a layer. */
  readonly has = LAYERS.map(() => false)
  /** 1 in months with overage. */
  readonly over: Uint8Array
  resolutions = 0
  billable = 0
  overQuantity = 0
  overAmount = 0
  unused = 0
  /** The bill by segment and month. */
  readonly split: ByStream
  readonly #tickets: ByStream

  /** @param tickets all conversations, by which segments share what has no use of its own */
  constructor(months: number, tickets: ByStream) {
    this.bills = new Float64Array(months)
    this.over = new Uint8Array(months)
    this.split = tickets.map(() => new Float64Array(months))
    this.#tickets = tickets
  }

  clear(): void {
    for (const all of [this.bills, this.layers, this.over, ...this.split]) all.fill(0)
    this.resolutions = 0
    this.billable = 0
    this.overQuantity = 0
    this.overAmount = 0
    this.unused = 0
  }

  /** @param by the quantities by which segments share the amount: equally, if all are 0 */
  add(m: number, layer: number, amount: number, by = this.#tickets): void {
    let whole = 0
    for (const own of by) whole += own[m]
    for (let s = 0; s < by.length; s++) this.split[s][m] += whole > 0 ? (amount * by[s][m]) / whole : amount / by.length
    this.bills[m] += amount
    this.layers[layer] += amount
    this.has[layer] = true
  }
}
