// The ledger as a table: amounts that add up, or amounts before rounding with their standard errors.
import { LEDGER_AMOUNTS, type LedgerRow } from '../../questions/ledger/ledger.ts'
import { type Column, type Dataset, dataset, numberColumn, textColumn } from './dataset.ts'

const TEXTS = [
  ['month', ({ month }) => month],
  ['quarter', ({ quarter }) => quarter],
  ['offer', ({ offer }) => offer],
  ['charge', ({ charge }) => charge],
  ['layer', ({ layer }) => layer],
  ['segment', ({ segment }) => segment],
  ['account', ({ account }) => account],
  ['cost_center', ({ costCenter }) => costCenter],
] as const satisfies readonly (readonly [string, (row: LedgerRow) => string])[]

export const LEDGER_COLUMNS = {
  cashMean: 'cash_mean',
  cashBudget: 'cash_budget',
  accrualMean: 'accrual_mean',
  accrualBudget: 'accrual_budget',
} as const

/** @param unrounded whether to state amounts before rounding, and their standard errors */
export function ledgerTable(rows: readonly LedgerRow[], currency: string, origin: Dataset['origin'], unrounded = false): Dataset {
  const texts = TEXTS.map(([name, read]) => textColumn(name, rows.map(read)))
  const column = (name: string, read: (row: LedgerRow) => number): Column =>
    numberColumn(name, Float64Array.from(rows, read), currency)
  const numbers = LEDGER_AMOUNTS.flatMap((key) =>
    unrounded
      ? [
          column(LEDGER_COLUMNS[key], ({ exact }) => exact[key].value),
          column(`${LEDGER_COLUMNS[key]}_se`, ({ exact }) => exact[key].se),
        ]
      : [column(LEDGER_COLUMNS[key], ({ amounts }) => amounts[key])],
  )
  return dataset({ name: 'ledger', rows: rows.length, columns: [...texts, ...numbers], origin })
}
