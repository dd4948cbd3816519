// Plans with a mistake in their ledger, and a part of the message that each gets.
import { good } from './slips.ts'

const ledger = (own: object): object => ({ ...good, ledger: own })
const bySegment = (costCenters: object): object => ({
  ...good,
  segments: { chat: { share: '60%' }, email: { share: '40%' } },
  ledger: { costCenters },
})

export const LEDGER_SLIPS: readonly (readonly [plan: object, message: string])[] = [
  [
    ledger({ accounts: { usages: 62110 } }),
    'ledger.accounts.usages: expected one of the layers usage, commitment, overage, platform, add-on, set-up, management, credits, people, running, deferred, got "usages"',
  ],
  [
    ledger({ accounts: { usage: '' } }),
    'ledger.accounts.usage: expected a code of up to 100 visible characters, such as 62110, got ""',
  ],
  [
    { ...good, offers: { fin: { charges: [{ meter: 'resolutions', price: 1, account: 1.5 }] } } },
    'offers.fin.charges[0].account: expected a code of up to 100 visible characters, such as 62110, got 1.5',
  ],
  [
    ledger({ amortize: { people: 24 } }),
    'ledger.amortize.people: expected one of the layers usage, commitment, overage, platform, add-on, set-up, management, got "people"',
  ],
  [ledger({ amortize: { 'set-up': 0 } }), 'ledger.amortize.set-up: expected a whole number of months from 1 to 240, got 0'],
  [ledger({ upfront: 'year' }), 'ledger.upfront: expected "due" or "period", got "year"'],
  [ledger({ budget: 'P100' }), 'ledger.budget: expected a percentile from P1 to P99.9, such as P80, got "P100"'],
  [ledger({ budget: 80 }), 'ledger.budget: expected a percentile from P1 to P99.9, such as P80, got 80'],
  [
    ledger({ costCenters: { 'CX-210': '60%', 'CX-230': '30%' } }),
    'ledger.costCenters: expected shares that add up to 100%, such as { CX-210: 60%, CX-230: 40% }, got 90.0%. Change one of them',
  ],
  [
    ledger({ costCenters: { 'CX-210': '60%', chat: 'CX-230' } }),
    'ledger.costCenters: expected cost centers by segment, such as { chat: CX-210 }, or their shares, such as { CX-210: 60%, CX-230: 40% }, got both. Use one of the two',
  ],
  [
    ledger({ costCenters: { chat: 'CX-230' } }),
    'ledger.costCenters.chat: expected shares such as { CX-210: 60%, CX-230: 40% }, since this plan has no segments, got "chat"',
  ],
  [bySegment({ chta: 'CX-230' }), 'ledger.costCenters.chta: expected one of the segments chat, email, got "chta"'],
  [
    bySegment({ chat: '120%' }),
    'ledger.costCenters.chat: expected a cost center such as CX-210, or a share such as 60%, got "120%"',
  ],
]
