// Finds the one term of a contract that explains a difference if it is misapplied.
import { ScenarioError } from '../../errors.ts'
import { smallestUnits } from '../../notation/currency.ts'
import { isFields, type Fields } from '../../notation/fields.ts'
import { type Contract, type PlacedContract, placed } from '../contract.ts'
import type { Compared } from './compare.ts'
import type { Expected, ExpectedPart } from './expected.ts'
import { REST } from './parts.ts'
import type { StatedMonth, StatedPart } from './statement.ts'

export type TotalRule =
  | 'included'
  | 'commitment'
  | 'limit'
  | 'escalator'
  | 'price'
  | 'rounding'
  | 'missing'
  | 'unknown'
  | 'unexplained'
interface Explanation {
  readonly rule: TotalRule
  readonly why: string
}
export type Explain = (month: StatedMonth, compared: Compared) => Explanation

/** Ways to misapply a term: charges that have the key `rule` are billed after `change`. */
const MISTAKES: readonly (Explanation & { change(charge: Fields): Fields })[] = [
  { rule: 'included', why: 'the included units were charged', change: ({ included: _i, rollover: _r, ...charge }) => charge },
  {
    rule: 'commitment',
    why: 'every unit at the overage price',
    change: ({ commitment, overage, paid, ...charge }) =>
      commitment === undefined ? { paid, ...charge } : { ...charge, price: overage ?? charge.price },
  },
  {
    rule: 'commitment',
    why: 'only the units used, without the commitment',
    change: ({ commitment, overage, paid, ...charge }) => (commitment === undefined ? { overage, paid, ...charge } : charge),
  },
  {
    rule: 'commitment',
    why: 'overage at the committed price',
    change: ({ overage, ...charge }) => (overage === undefined ? charge : { ...charge, overage: charge.price }),
  },
  { rule: 'limit', why: 'units beyond the limit were charged', change: ({ limit: _l, ...charge }) => charge },
  { rule: 'escalator', why: 'prices without the escalator', change: ({ escalator: _e, ...charge }) => charge },
]

const stripped = (charge: Fields): Fields => Object.fromEntries(Object.entries(charge).filter(([, value]) => value !== undefined))

interface Billing {
  readonly currency: string
  /** The amounts of the contract after a change. */
  bill(changed: PlacedContract): Expected
}

export async function explanations(
  contract: Contract,
  span: readonly [number, number],
  { currency, bill }: Billing,
): Promise<Explain> {
  const offers = (contract.plan.data as { readonly offers: Readonly<Record<string, Fields>> }).offers
  const whole = offers[contract.name]
  const terms = contract.part === undefined ? whole : (whole.parts as Readonly<Record<string, Fields>>)[contract.part]
  const written = terms.charges
  const charges = Array.isArray(written) ? written.filter(isFields) : []
  const variants: (Explanation & { readonly expected: Expected })[] = []
  for (const { rule, why, change } of MISTAKES) {
    if (!charges.some((charge) => Object.hasOwn(charge, rule))) continue
    try {
      const changed = await placed(contract, span, (own) => ({
        ...own,
        charges: charges.map((charge) => stripped(change(charge))),
      }))
      variants.push({ rule, why, expected: bill(changed) })
    } catch (error) {
      // A contract that makes no sense without its term cannot explain an invoice.
      if (!(error instanceof ScenarioError)) throw error
    }
  }
  return (month, { stated, due, of }) => {
    if (stated.part === REST && stated.amount === 0) return { rule: 'missing', why: 'no row of the invoice states it' }
    // The change must give the invoiced amount, and not only the right one that the invoice nearly states.
    const most = Math.min(1 / smallestUnits(currency), Math.abs(stated.amount - due.amount) / 2)
    const misapplied = variants.find(({ expected }) => Math.abs(expected(month.month, of).amount - stated.amount) <= most)
    return misapplied ? { rule: misapplied.rule, why: misapplied.why } : plainly(stated, due)
  }
}

function plainly({ amount, quantity }: StatedPart, { amount: expected, lines }: ExpectedPart): Explanation {
  if (Math.abs(amount - expected) < 1 || Math.abs(amount - lines) < 1)
    return { rule: 'rounding', why: 'the amounts differ by less than 1' }
  if (expected === 0) return { rule: 'unknown', why: 'the contract bills nothing here' }
  const each = quantity !== undefined && quantity > 0 ? amount / quantity : Number.NaN
  const text = (price: number) => price.toFixed(3).replace(/0$/, '')
  // The vendor probably used another price if the invoice comes to a round price per unit.
  if (quantity !== undefined && Math.abs(each - Math.round(1000 * each) / 1000) * quantity <= 0.01)
    return { rule: 'price', why: `${text(each)} per unit in place of ${text(expected / quantity)}` }
  return { rule: 'unexplained', why: 'no single term explains this amount' }
}
