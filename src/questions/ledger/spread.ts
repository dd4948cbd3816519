// When an amount is expensed: in the month in which it is due, in equal parts over the months that it pays for, or over those of its layer.

/** How long the cash of a layer is expensed, and whether prepaid periods are spread. */
export interface Spreading {
  readonly amortize: Readonly<Record<string, number>>
  readonly prepaid: boolean
}

/** The number of months over which an amount is expensed, from its own on. */
export const monthsOfExpense = (
  { layer, covers }: { readonly layer: string; readonly covers: number },
  { amortize, prepaid }: Spreading,
): number => (Object.hasOwn(amortize, layer) ? amortize[layer] : prepaid ? covers : 1)

/** The month of an expense, or `later` for those after the horizon, with its share of the amount. */
export function spread(
  month: number,
  length: number,
  horizon: number,
): readonly { readonly month: number | 'later'; readonly share: number }[] {
  const inside = Math.min(length, horizon - month)
  const parts = Array.from({ length: inside }, (_, k) => ({ month: month + k, share: 1 / length }))
  return inside < length ? [...parts, { month: 'later', share: (length - inside) / length }] : parts
}
