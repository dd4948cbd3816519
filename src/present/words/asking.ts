// The prices to ask for in words, for reports and the calculator.
import { formatPrice } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import type { PricesToAsk } from '../../questions/compare/asking.ts'
import { meterNouns } from './charge.ts'

export interface AskedWords {
  readonly offer: string
  /** What the price is for: "a resolution". */
  readonly unit: string
  readonly quoted: string
  readonly level: string
  readonly clear: string
}

export function askedWords({ offer, price, stated, level, clear }: PricesToAsk): AskedWords {
  const text = (number: number) =>
    price ? formatPrice(number, price.currency) : `${formatNumber(Math.round(1000 * (1 - number)) / 10, 1, 1)}% less`
  const asked = (number: number | undefined, already: string) =>
    number === undefined ? 'no price' : number === stated ? already : text(number)
  return {
    offer,
    unit: price ? unitWords(price) : 'all prices together',
    quoted: price ? text(stated) : 'as stated',
    level: asked(level, 'has the lowest'),
    clear: asked(clear, 'is clear'),
  }
}

function unitWords({ meter, committed }: NonNullable<PricesToAsk['price']>): string {
  const { one } = meterNouns(meter)
  if (committed) return `a committed ${one}`
  return `${/^[aeio]/.test(one) ? 'an' : 'a'} ${one}`
}
