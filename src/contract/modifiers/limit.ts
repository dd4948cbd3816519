// limit: where usage stops. It is written on a charge and acts on the whole offer.
import { boundPer } from '../fields.ts'

export const limit = boundPer(false, {
  label: 'Limit',
  help: 'where usage stops: 40k/month of what the charge counts, or $10k/month of all usage charges; people handle the rest',
})
