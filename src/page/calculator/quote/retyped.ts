// A quote as it would be typed into the four questions: the other way round of readQuote.
import { formatNumber } from '../../../notation/number.ts'
import type { Paid, Quote } from './offer.ts'
import { type Choices, FIRST_CHOICES, type Fixed, NO_TEXTS, type Texts } from './texts.ts'

export interface Typed {
  readonly texts: Texts
  readonly choices: Choices
}

/** Cents have two digits. */
const priced = (value: number): string => String(value).replace(/^(\d+\.\d)$/, '$10')
const counted = (value: number): string => (Number.isInteger(value) ? formatNumber(value) : String(value))

function useTyped({ meter, pricing, commitment, each }: Extract<Paid, { kind: 'use' }>): PartTyped {
  const { quantity, per = 'no', overage } = commitment ?? {}
  const tiers = pricing.kind === 'graduated' || pricing.kind === 'volume' ? pricing.tiers : []
  const [first, second, third] = tiers
  const texts = {
    ...(pricing.kind === 'each' && { price: priced(pricing.price) }),
    ...(pricing.kind === 'pack' && { price: priced(pricing.price), pack: counted(pricing.size) }),
    ...(first && { price0: priced(first.price), ...(first.to !== undefined && { to0: counted(first.to) }) }),
    ...(second && { price1: priced(second.price), ...(second.to !== undefined && { to1: counted(second.to) }) }),
    ...(third && { price2: priced(third.price) }),
    ...(each !== undefined && { each: counted(each) }),
    ...(quantity !== undefined && { quantity: counted(quantity) }),
    ...(overage !== undefined && { overage: priced(overage) }),
  }
  return { texts, choices: { pays: meter, pricing: pricing.kind, per } }
}

interface PartTyped {
  readonly texts: Partial<Texts>
  readonly choices: Partial<Choices>
}

function paidTyped(paid: Paid): PartTyped {
  if (paid.kind === 'use') return useTyped(paid)
  if (paid.kind === 'seats') return { texts: {}, choices: { pays: 'seats' } }
  if (paid.kind === 'fee') return { texts: { fee: priced(paid.fee) }, choices: { pays: 'fee', feePer: paid.per } }
  const { fee, meter, included, overage, pack } = paid
  return {
    texts: {
      ...{ fee: priced(fee), included: counted(included), beyond: priced(overage) },
      ...(pack !== undefined && { pack: counted(pack) }),
    },
    choices: {
      ...{ pays: 'plan', beyond: pack === undefined ? 'each' : 'pack' },
      ...((meter === 'resolutions' || meter === 'conversations' || meter === 'tickets') && { counts: meter }),
    },
  }
}

const fixedOf = ({ minimum, seats }: Quote): Fixed => (minimum ? (seats ? 'both' : 'minimum') : seats ? 'seats' : 'neither')

export function typedOf(quote: Quote): Typed {
  const { vendor, paid, minimum, seats } = quote
  const { texts, choices } = paidTyped(paid)
  return {
    texts: {
      ...{ ...NO_TEXTS, ...texts, vendor },
      ...(minimum && { minimum: priced(minimum.amount) }),
      ...(seats && { seats: counted(seats.count), seat: priced(seats.price) }),
    },
    choices: {
      ...{ ...FIRST_CHOICES, ...choices, fixed: fixedOf(quote) },
      ...(minimum && { minimumPer: minimum.per }),
    },
  }
}
