// The amounts of an invoice's lines as a vendor bills them: to the currency's smallest unit.
import { decimalsOf } from '../notation/currency.ts'
import { roundedProduct } from '../notation/decimal.ts'
import { roundMoney } from '../notation/money.ts'
import type { InvoiceLine } from './invoice.ts'

type Billed = Pick<InvoiceLine, 'quantity' | 'price' | 'amount'>

export const dueOf = ({ quantity, price, amount }: Billed, currency: string): number =>
  quantity === undefined || price === undefined
    ? roundMoney(amount, currency)
    : roundedProduct(quantity, price, decimalsOf(currency))
