// Invoices of closed months that are in another currency than the plan.
import type { Actuals } from '../../scenario/resolved.ts'

export interface ForeignInvoices {
  readonly offer: string
  readonly currency: string
  /** The price of one unit in the plan's currency, or its mean if the plan's rate is uncertain. */
  readonly rate: number
  readonly uncertain: boolean
  readonly words: string
}

export function foreignInvoices({ offer = '', invoiced }: Actuals, plan: string): ForeignInvoices | undefined {
  if (invoiced === undefined) return undefined
  const { currency, rate, uncertain } = invoiced
  const at = `at ${Number(rate.toPrecision(6))} ${plan} for 1 ${currency}`
  const how = uncertain ? `${at}, the mean rate. If you know the amounts paid, name their column invoice_${plan}` : at
  return { offer, ...invoiced, words: `The invoices of ${offer} are in ${currency}, converted ${how}.` }
}
