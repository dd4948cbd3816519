// The chart of a ledger: what an offer takes in cash each month, beside what the month expenses.
import { monthWords } from '../../months.ts'
import type { LedgerRow } from '../../questions/ledger/ledger.ts'
import type { Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { aboutRun, LAYER_COLORS, moneyAxis, months as monthAxis, plot, quantity, shortMoney, TITLE } from './theme.ts'

const CASH = LAYER_COLORS.usage

interface Month {
  readonly month: string
  readonly cash: number
  readonly accrual: number
  /** Of the difference of the two, at most. */
  readonly se: number
}

function monthsOf(rows: readonly LedgerRow[], months: readonly string[]): Month[] {
  const billed = rows.filter(({ layer }) => layer !== 'people' && layer !== 'running')
  return months.map((month) => {
    const own = billed.filter((row) => row.month === month)
    const sum = (read: (exact: LedgerRow['exact']) => number) => own.reduce((total, { exact }) => total + read(exact), 0)
    return {
      month,
      cash: sum(({ cashMean }) => cashMean.value),
      accrual: sum(({ accrualMean }) => accrualMean.value),
      se: sum(({ cashMean, accrualMean }) => (cashMean.value === accrualMean.value ? 0 : cashMean.se + accrualMean.se)),
    }
  })
}

/** @param rows the ledger of the offer */
export function cashAndAccrual(rows: readonly LedgerRow[], summary: Summary, offer: string): Chart {
  const { months, currency } = summary
  const all = monthsOf(rows, months)
  const gap = ({ cash, accrual }: Month) => cash - accrual
  const widest = all.reduce((a, b) => (Math.abs(gap(b)) > Math.abs(gap(a)) ? b : a))
  const parted = Math.abs(gap(widest)) > Math.max(0.005, 2 * widest.se)
  const money = (value: number) => shortMoney(Math.abs(value), currency)
  const [leads, lags] = [`Cash leads the expense by ${money(gap(widest))}`, `Cash lags the expense by ${money(gap(widest))}`]
  const title = parted
    ? `${gap(widest) > 0 ? leads : lags} in ${monthWords(widest.month)}`
    : 'Cash and expense are the same in every month'
  const [first] = all
  const last = all[all.length - 1]
  const x = monthAxis()
  const y = (field: string) => quantity(field, { axis: moneyAxis(currency, null) })
  const label = (row: Month, field: 'cash' | 'accrual', text: string, more: object) => ({
    data: { values: [{ ...row, label: text }] },
    mark: { type: 'text', fontSize: 12, fontWeight: 'bold', ...more },
    encoding: { x, y: quantity(field), text: { field: 'label' } },
  })
  const total = (read: (month: Month) => number) =>
    shortMoney(
      all.reduce((sum, month) => sum + read(month), 0),
      currency,
    )
  return new Chart(
    title,
    `The bars show the mean cash that ${offer} takes in each month, and the line the mean amount that the month expenses. Over all months they are ${total(({ cash }) => cash)} and ${total(({ accrual }) => accrual)}.`,
    plot(all, {
      layer: [
        { mark: { type: 'bar', color: CASH }, encoding: { x, y: y('cash') } },
        { mark: { type: 'line', interpolate: 'step', color: TITLE, strokeWidth: 2 }, encoding: { x, y: y('accrual') } },
        label(first, 'cash', 'cash paid', { align: 'left', dx: -12, dy: -16, color: CASH }),
        label(last, 'accrual', 'expense', { align: 'left', dx: 24, color: TITLE }),
      ],
    }),
    aboutRun(summary, `Cash and accrual: ${offer}, average by month`),
  )
}
