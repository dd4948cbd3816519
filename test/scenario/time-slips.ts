// Plans with a mistake in the months of an offer, and a part of the message that each gets.
import { good } from './slips.ts'

const charges = [{ meter: 'resolutions', price: 1 }]
const offer = (more: object): object => ({ ...good, offers: { fin: { charges, ...more } } })

const parts = (more: object, own: object = {}): object => ({
  ...good,
  offers: { both: { parts: { a: { charges }, b: { charges, ...own } }, traffic: { b: '20%' }, ...more } },
})

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
  [
    parts({ charges }),
    'offers.both.charges: move `charges` into the parts: beside `parts` may stand title, source, of, involvement, from',
  ],
  [parts({ counted: { resolved: '90%' } }), 'offers.both.counted: move `counted` into the parts'],
  [parts({ parts: {} }), 'offers.both.parts: expected at least one part, got none'],
  [
    parts({ parts: Object.fromEntries(Array.from({ length: 9 }, (_, k) => [`p${k}`, { charges }])) }),
    'offers.both.parts: expected at most 8 parts, got 9',
  ],
  [parts({ parts: { 'a b': { charges } } }), 'offers.both.parts.a b: expected a name that starts with a letter'],
  [
    parts({ parts: { a: { charges }, A: { charges } } }),
    'offers.both.parts.A: expected names that differ not only in case, got "A" and "a"',
  ],
  [parts({ parts: { a: {} } }), 'offers.both.parts.a.charges: expected a list, got nothing'],
  [
    parts({ parts: { a: { catalog: 'finn' } } }),
    'offers.both.parts.a.catalog: expected the name of an offer in the catalog, got "finn"',
  ],
  [{ ...good, offers: { none: { title: 'None' } } }, 'offers.none.charges: expected a list, got nothing'],
  [parts({ traffic: { c: '20%' } }), 'offers.both.traffic.c: expected the name of a part (a, b), got "c"'],
  [parts({ shadow: { c: '2027-03' } }), 'offers.both.shadow.c: expected the name of a part (a, b), got "c"'],
  [
    parts({ traffic: {} }),
    'offers.both.traffic.b: expected a share such as 20%, since a and b are both live in 2027-01 and only one part may take the rest, got nothing',
  ],
  [
    parts({ traffic: { a: '70%', b: [{ until: '2027-04', value: '30%' }, { value: '40%' }] } }),
    'offers.both.traffic: expected shares of at most 100% together, got 110.0% in 2027-05',
  ],
  [parts({ traffic: { b: '120%' } }), 'offers.both.traffic.b: expected a share from 0% to 100%, got "120%"'],
  [
    parts({ traffic: { b: { chat: '20%' } } }),
    'offers.both.traffic.b.chat: expected no segment, since the plan has none: state `segments` first, got "chat"',
  ],
  [
    parts({ traffic: {}, shadow: { b: '2027-03' } }),
    'offers.both.traffic.b: expected the share that it is billed for in the shadow in 2027-01, such as 10%, got nothing',
  ],
  [
    parts({ shadow: { b: '2027-03' } }, { from: '2027-05' }),
    "offers.both.shadow.b: expected 2027-05, the part's first month, or a later one, got 2027-03",
  ],
  [
    { ...parts({}), counting: 'sampled' },
    'offers.both.traffic: expected shares of 0% or 100% beside `counting: sampled`, since it draws whole conversations, got others in 2027-01',
  ],
  [
    {
      ...good,
      conversations: {},
      segments: { chat: { conversations: { base: 5 } }, voice: { conversations: { base: 5 } } },
      offers: { both: { of: 'chat', parts: { a: { charges, of: 'voice' } } } },
    },
    'offers.both.parts.a.of: expected segments of the offer (chat), got "voice"',
  ],
  [offer({ from: 'June' }), 'offers.fin.from: expected a month such as 2027-01, got "June"'],
]
