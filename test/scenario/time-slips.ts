// Plans with a mistake in the months of an offer, and a part of the message that each gets.
import { good } from './slips.ts'

const charges = [{ meter: 'resolutions', price: 1 }]
const offer = (more: object): object => ({ ...good, offers: { fin: { charges, ...more } } })

export const TIME_SLIPS: readonly (readonly [plan: object, message: string])[] = [
  [offer({ from: '2027-06', until: '2027-03' }), 'offers.fin.until: expected 2027-06 or a later month, got 2027-03'],
  [
    offer({ term: { months: 12 } }),
    'offers.fin.term.start: expected the first month of the contract, such as 2026-10, got nothing',
  ],
  [
    offer({ from: '2027-01', term: { start: '2027-04' } }),
    "offers.fin.from: expected 2027-04, the start of the contract's term, or a later month, got 2027-01",
  ],
  [
    offer({ charges: [{ meter: 'resolutions', price: 1, from: '2027-02', term: { start: '2027-04' } }] }),
    "offers.fin.charges[0].from: expected 2027-04, the start of the contract's term, or a later month, got 2027-02",
  ],
  [
    offer({ term: { start: '2026-10', toDate: { resolution: '120k' } } }),
    'offers.fin.term.toDate.resolution: expected spend or a meter that is counted here (spend, resolutions), got "resolution"',
  ],
  [
    offer({ term: { start: '2026-10', toDate: { spend: '$1k to $2k' } } }),
    'offers.fin.term.toDate.spend: expected an amount of 0 or more that is certain, such as $180k, got "$1k to $2k"',
  ],
  [
    offer({ term: { start: '2026-10', months: 0 } }),
    'offers.fin.term.months: expected a whole number of months from 1 to 240, got 0',
  ],
  [
    offer({ renewals: [{ month: '2026-12', change: '5%' }] }),
    'offers.fin.renewals[0].month: expected 2027-01, the first month of the plan, or a later month, got 2026-12',
  ],
  [
    offer({
      renewals: [
        { month: '2027-06', change: '5%' },
        { month: '2027-06', change: '5%' },
      ],
    }),
    'offers.fin.renewals[1].month: expected a month after 2027-06, that of the renewal before, got 2027-06',
  ],
  [
    offer({ renewal: { month: 12, change: '5%' }, renewals: [{ month: '2027-06', change: '5%' }] }),
    'offers.fin.renewal: remove `renewal` or `renewals`: add the one to the list of the others',
  ],
  [
    offer({ renewals: Array.from({ length: 25 }, (_, k) => ({ month: `20${28 + k}-01`, change: '5%' })) }),
    'offers.fin.renewals: expected at most 24 renewals',
  ],
  [
    offer({ charges: [{ meter: 'resolutions', price: 1, included: '500/once', rollover: 2 }] }),
    'offers.fin.charges[0].rollover: remove this key: units that are included once last until they are used',
  ],
  [offer({ from: 'June' }), 'offers.fin.from: expected a month such as 2027-01, got "June"'],
]
