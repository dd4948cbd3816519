// The chart of a ledger: what an offer takes in cash each month, beside what the month expenses.
import type { LedgerRow } from '../../questions/ledger/ledger.ts'
import type { Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { INK, moneyAxis, plot, quantity, shortMoney } from './theme.ts'

const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const CASH = '#3f86c9'
const MOST_LABELS = 5

/** "Oct 2027". */
const named = (month: string): string => `${NAMES[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`

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
      month: named(month),
      cash: sum(({ cashMean }) => cashMean.value),
      accrual: sum(({ accrualMean }) => accrualMean.value),
      se: sum(({ cashMean, accrualMean }) => (cashMean.value === accrualMean.value ? 0 : cashMean.se + accrualMean.se)),
    }
  })
}

/** The months that an axis names: the first one, and those at equal steps behind it. */
function namedMonths(months: readonly Month[]): string[] {
  const step = Math.ceil(months.length / MOST_LABELS)
  return months.filter((_, m) => m % step === 0).map(({ month }) => month)
}

/** @param rows the ledger of the offer */
export function cashAndAccrual(rows: readonly LedgerRow[], { months, currency }: Summary, offer: string): Chart {
  const all = monthsOf(rows, months)
  const gap = ({ cash, accrual }: Month) => cash - accrual
  const widest = all.reduce((a, b) => (Math.abs(gap(b)) > Math.abs(gap(a)) ? b : a))
  const parted = Math.abs(gap(widest)) > Math.max(0.005, 2 * widest.se)
  const money = (value: number) => shortMoney(Math.abs(value), currency)
  const [leads, lags] = [`Cash leads the expense by ${money(gap(widest))}`, `Cash lags the expense by ${money(gap(widest))}`]
  const title = parted ? `${gap(widest) > 0 ? leads : lags} in ${widest.month}` : 'Cash and expense are the same in every month'
  const [first] = all
  const last = all[all.length - 1]
  const x = {
    ...{ field: 'month', type: 'ordinal', sort: null },
    axis: { title: null, labelAngle: 0, values: namedMonths(all), grid: false, domain: false },
  }
  const y = (field: string) => quantity(field, { axis: moneyAxis(currency, '') })
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
  const chart = new Chart(
    title,
    `The bars show the mean cash that ${offer} takes in each month, and the line the mean amount that the month expenses. Over all months they are ${total(({ cash }) => cash)} and ${total(({ accrual }) => accrual)}.`,
    plot(all, {
      layer: [
        { mark: { type: 'bar', color: CASH }, encoding: { x, y: y('cash') } },
        { mark: { type: 'line', interpolate: 'step', color: INK, strokeWidth: 2 }, encoding: { x, y: y('accrual') } },
        label(first, 'cash', 'cash paid', { align: 'left', dx: -12, dy: -8, color: CASH }),
        label(last, 'accrual', 'expense', { align: 'left', dx: 24, color: INK }),
      ],
    }),
  )
  const { title: heading } = chart.spec as { readonly title: object }
  const subtitle = `Cash and accrual: ${offer}, mean by month, ${currency}`
  return new Chart(chart.title, chart.description, { ...chart.spec, title: { ...heading, subtitle } })
}
