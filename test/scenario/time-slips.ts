// Plans with a mistake in the months of an offer, and a part of the message that each gets.
import { good } from './slips.ts'

const charges = [{ meter: 'resolutions', price: 1 }]
const offer = (more: object): object => ({ ...good, offers: { fin: { charges, ...more } } })

export const TIME_SLIPS: readonly (readonly [plan: object, message: string])[] = [
  [offer({ from: '2027-06', until: '2027-03' }), 'offers.fin.until: expected 2027-06 or a later month, got 2027-03'],
  [offer({ from: 'June' }), 'offers.fin.from: expected a month such as 2027-01, got "June"'],
]
