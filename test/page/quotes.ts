// Quotes as somebody types them, with their bills worked out by hand.
import { type Choices, FIRST_CHOICES, NO_TEXTS, readQuote, type Texts } from '../../src/page/calculator/quote/texts.ts'

/** 50,000 conversations a month, of which the AI resolves 32,500. */
export const PLAN = `conversations: { base: 50000 }
resolution: { rate: 65% }
start: 2027-01
months: 12
offers:
  fin: { title: Fin, charges: [{ meter: resolutions, price: 0.99 }] }
`

const TIERS = { to0: '10k', price0: '0.95', to1: '20k', price1: '0.90', price2: '0.85' }
const BY_VOLUME = { to0: '20k', price0: '1.00', price1: '0.80' }

export function typed(texts: Partial<Texts>, choices: Partial<Choices> = {}) {
  const read = readQuote({ ...NO_TEXTS, vendor: 'Acme', ...texts }, { ...FIRST_CHOICES, ...choices })
  if ('faults' in read) throw new Error(JSON.stringify(read.faults))
  return read.quote
}
/** Quotes with their bills by hand, for a month or for the year of 12 equal months. */
export const QUOTES = [
  ['each resolution', {}, { price: '$1.00' }, 'month', 32_500],
  ['each conversation', { pays: 'conversations' }, { price: '0.70' }, 'month', 35_000],
  ['four actions in each conversation', { pays: 'actions' }, { price: '0.10', each: '4' }, 'month', 20_000],
  ['six messages in each conversation', { pays: 'messages' }, { price: '0.02', each: '6' }, 'month', 6_000],
  ['three minutes of each conversation', { pays: 'minutes' }, { price: '0.12', each: '3' }, 'month', 18_000],
  ['packs of 100 conversations', { pays: 'conversations', pricing: 'pack' }, { price: '49', pack: '100' }, 'month', 24_500],
  // 10,000 at $0.95, 10,000 at $0.90 and 12,500 at $0.85.
  [
    'three tiers, each slice at its price',
    { pricing: 'graduated' },
    { to0: '10k', price0: '0.95', to1: '20k', price1: '0.90', price2: '0.85' },
    'month',
    29_125,
  ],
  ['two tiers by volume', { pricing: 'volume' }, { to0: '20,000', price0: '1.00', price1: '0.80' }, 'month', 26_000],
  // 30,000 at $1.50 = $45,000, and 2,500 at $2.00.
  ['a commitment a month', { per: 'month' }, { price: '1.50', quantity: '30,000', overage: '2.00' }, 'month', 50_000],
  // 360,000 at $1.50 = $540,000, and 30,000 at $2.00.
  ['a commitment a year', { per: 'year' }, { price: '1.50', quantity: '360k', overage: '2' }, 'year', 600_000],
  // The use costs $195,000, less than the minimum.
  ['a minimum of a year', { fixed: 'minimum' }, { price: '0.50', minimum: '$240k' }, 'year', 240_000],
  [
    'a minimum beside a commitment',
    { per: 'month', fixed: 'minimum' },
    { price: '0.10', quantity: '30k', overage: '0.20', minimum: '60k' },
    'year',
    60_000,
  ],
  ['a minimum of a month', { fixed: 'minimum', minimumPer: 'month' }, { price: '0.50', minimum: '20k' }, 'month', 20_000],
  ['seats beside use', { fixed: 'seats' }, { price: '1.00', seats: '20', seat: '$115' }, 'month', 34_800],
  ['seats on top of a minimum', { fixed: 'both' }, { price: '0.50', minimum: '240k', seats: '20', seat: '115' }, 'year', 267_600],
  ['seats only', { pays: 'seats' }, { seats: '40', seat: '$115' }, 'month', 4_600],
  // $360, and 48,000 tickets beyond the 2,000 in the plan.
  ['a plan of tickets', { pays: 'plan' }, { fee: '$360', included: '2,000', beyond: '0.40' }, 'month', 19_560],
  [
    'a plan of resolutions',
    { pays: 'plan', counts: 'resolutions' },
    { fee: '$5k', included: '30k', beyond: '1.20' },
    'month',
    8_000,
  ],
  ['a flat fee of a month', { pays: 'fee' }, { fee: '$3,000' }, 'month', 3_000],
  [
    'a flat fee of a year, with seats',
    { pays: 'fee', feePer: 'year', fixed: 'seats' },
    { fee: '$36k', seats: '10', seat: '50' },
    'year',
    42_000,
  ],
  // 300 packs at $45, and 200 more at $49.
  [
    'committed packs of 100 conversations',
    { pays: 'conversations', pricing: 'pack', per: 'month' },
    { price: '45', pack: '100', quantity: '300', overage: '49' },
    'month',
    23_300,
  ],
  // 3,600 packs at $90, and 300 more at $100 in December.
  [
    'packs committed for a year',
    { pricing: 'pack', per: 'year' },
    { price: '90', pack: '100', quantity: '3,600', overage: '100' },
    'year',
    354_000,
  ],
  // 10,000 at $0.95, 10,000 at $0.90 and 15,000 at $0.85, of which 2,500 go unused.
  ['a commitment in tiers', { pricing: 'graduated', per: 'month' }, { ...TIERS, quantity: '35k' }, 'month', 31_250],
  [
    'a commitment in tiers that is exceeded',
    { pricing: 'graduated', per: 'month' },
    { ...TIERS, quantity: '30k' },
    'month',
    29_125,
  ],
  // 120,000 at $0.95, 120,000 at $0.90 and 180,000 at $0.85, of which 30,000 go unused.
  [
    'a commitment in tiers of a year',
    { pricing: 'graduated', per: 'year' },
    { ...TIERS, to0: '120k', to1: '240k', quantity: '420k' },
    'year',
    375_000,
  ],
  ['a commitment by volume', { pricing: 'volume', per: 'month' }, { ...BY_VOLUME, quantity: '40k' }, 'month', 32_000],
  // The commitment of 36,000 has the price beyond 35,000, although the use of 32,500 does not reach it.
  [
    'a commitment by volume that reaches a tier',
    { pricing: 'volume', per: 'month' },
    { ...BY_VOLUME, to0: '35k', quantity: '36k' },
    'month',
    28_800,
  ],
  // 30,000 at $1.00 is more than 32,500 at $0.80.
  [
    'a commitment by volume in the tier before',
    { pricing: 'volume', per: 'month' },
    { ...BY_VOLUME, to0: '31k', quantity: '30k' },
    'month',
    30_000,
  ],
  // The commitment of 39,000 has the price up to 40,000, and the use of 32,500 has the same.
  [
    'a commitment by volume beyond its first tier',
    { pricing: 'volume', per: 'month' },
    { to0: '20k', price0: '1.00', to1: '40k', price1: '0.80', price2: '0.70', quantity: '39k' },
    'month',
    31_200,
  ],
  // $360, and 480 packs beyond the 2,000 tickets in the plan.
  [
    'a plan with packs beyond it',
    { pays: 'plan', beyond: 'pack' },
    { fee: '$360', included: '2,000', beyond: '36', pack: '100' },
    'month',
    17_640,
  ],
] as const
