// Puts the parts of an invoice beside those of the contract's bill.
import { smallestUnits } from '../../notation/currency.ts'
import type { Expected, ExpectedLine, ExpectedPart } from './expected.ts'
import type { StatedMonth, StatedPart, Statement } from './statement.ts'

/** Which lines of a month's bill are compared together. */
export type Selector = (line: Pick<ExpectedLine, 'part' | 'fixed'>) => boolean

/** A part as the invoice states it and as the contract bills it. */
export interface Compared {
  readonly stated: StatedPart
  readonly due: ExpectedPart
  readonly of: Selector
  /** Whether seats and fees are left to other invoices. */
  readonly apart: boolean
}

/** Lines are rounded one by one. Totals are compared without rounding, since a vendor may round at any step. */
export const dueFor = ({ stated, due }: Pick<Compared, 'stated' | 'due'>): number => (stated.lines ? due.lines : due.amount)

const ROUNDING = 1e-15

/** Whether the amounts agree to the smallest unit. Where a total lies between two units, both agree. */
export function agrees(compared: Pick<Compared, 'stated' | 'due'>, currency: string): boolean {
  const { stated } = compared
  const due = dueFor(compared)
  const half = 0.5 / smallestUnits(currency)
  return Math.abs(stated.amount - due) <= half * (stated.lines ? 0.5 : 1.0001) + ROUNDING * Math.abs(due)
}

/** The parts with rows of their own, and the remainder if either side has one. */
export function comparedIn(month: StatedMonth, { parts, complete }: Statement, expected: Expected, currency: string): Compared[] {
  const compare = (stated: StatedPart, of: Selector, apart = false): Compared => ({
    ...{ stated, of, apart },
    due: expected(month.month, of),
  })
  const order = (part: string) => parts.findIndex((known) => known.part === part)
  const own = [...month.parts.values()]
    .sort((a, b) => order(a.part) - order(b.part))
    .map((stated) => compare(stated, ({ part }) => part === stated.part))
  // Rows of a file of lines come from the contract, so its remainder has rounded lines, too.
  const none = month.rest.amount === 0 && month.rest.quantity === undefined
  const lines = month.rest.lines || (own.length > 0 && none && own.every(({ stated }) => stated.lines))
  const stated = { ...month.rest, lines }
  const all = compare(stated, ({ part }) => !month.parts.has(part))
  const usage = compare(stated, ({ part, fixed }) => !month.parts.has(part) && !fixed, true)
  // A row by a name of the vendor's own may be for seats and fees.
  const rest = complete || (!none && !agrees(usage, currency) && agrees(all, currency)) ? all : usage
  return none && agrees(rest, currency) ? own : together(own, rest, currency)
}

/** If the remainder stands in the rows of other parts, so that all together agree, they are compared together. */
function together(own: readonly Compared[], rest: Compared, currency: string): Compared[] {
  const off = own.filter((one) => !agrees(one, currency))
  if (off.length === 0 || agrees(rest, currency)) return [...own, rest]
  const all = [...off, rest]
  const sum = (of: (one: Compared) => number) => all.reduce((total, one) => total + of(one), 0)
  const joined: Compared = {
    stated: {
      part: all.map(({ stated }) => stated.part).join(' + '),
      amount: sum(({ stated }) => stated.amount),
      lines: all.every(({ stated }) => stated.lines),
    },
    due: { amount: sum(({ due }) => due.amount), lines: sum(({ due }) => due.lines) },
    of: (line) => all.some(({ of }) => of(line)),
    apart: rest.apart,
  }
  return agrees(joined, currency) ? [...own.filter((one) => !off.includes(one)), joined] : [...own, rest]
}
