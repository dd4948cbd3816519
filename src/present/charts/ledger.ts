// The chart of a ledger: what an offer takes in cash each month, beside what the month expenses.
import { monthWords } from '../../months.ts'
import type { LedgerRow } from '../../questions/ledger/ledger.ts'
import type { Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { haloed, lineEnds } from './labels.ts'
import { aboutRun, heightIn, LAYER_COLORS, moneyAxis, months as monthAxis, plot, quantity, shortMoney, TITLE } from './theme.ts'

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
  const last = all[all.length - 1]
  const highest = all.reduce((a, b) => (b.cash > a.cash ? b : a))
  const years = months.length > 1
  const total = (read: (month: Month) => number) =>
    shortMoney(
      all.reduce((sum, month) => sum + read(month), 0),
      currency,
    )
  return new Chart(
    title,
    `The bars show the mean cash that ${offer} takes in each month, and the line the mean amount that the month expenses. Over all months they are ${total(({ cash }) => cash)} and ${total(({ accrual }) => accrual)}.`,
    (room) => {
      const x = monthAxis(months, room.narrow)
      const y = (field: string) => quantity(field, { axis: moneyAxis(currency, null) })
      const pixels = heightIn(room)
      const high = Math.max(...all.flatMap(({ cash, accrual }) => [cash, accrual]))
      // Beside the highest bar, where the next one leaves room, or above it at the end.
      const right = all.indexOf(highest) >= all.length / 2
      const label = { values: [{ month: highest.month, at: highest.cash, label: 'cash paid' }] }
      return plot(all, {
        height: pixels,
        layer: [
          { mark: { type: 'bar', color: CASH }, encoding: { x, y: y('cash') } },
          {
            mark: { type: 'line', interpolate: 'step', color: TITLE, strokeWidth: 2, point: !years && { color: TITLE } },
            encoding: { x, y: y('accrual') },
          },
          ...haloed(
            { align: right ? 'right' : 'left', dx: right ? -4 : 4, baseline: 'bottom', dy: -3, fontWeight: 'bold', color: CASH },
            { data: label, encoding: { x: { ...x, bandPosition: right ? 1 : 0 }, y: y('at'), text: { field: 'label' } } },
          ),
          lineEnds(
            [{ label: 'expense', at: last.accrual, color: TITLE }],
            { month: last.month },
            { ...x, bandPosition: 1 },
            y('at'),
            { low: 0, high, pixels },
            room.width,
          ),
        ],
      })
    },
    aboutRun(summary, `Cash and accrual: ${offer}, average by month`),
  )
}
