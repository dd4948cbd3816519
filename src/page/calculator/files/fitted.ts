// Fits a dropped file of past months, as `billcast calibrate --plain` does.
import { messageOf } from '../../../errors.ts'
import { columnsOf, MEANINGS } from '../../../forecasting/history/columns.ts'
import { historyTable } from '../../../forecasting/history/rows.ts'
import { monthWords, parseMonth } from '../../../months.ts'
import { formatShare } from '../../../notation/money.ts'
import { formatNumber } from '../../../notation/number.ts'
import { historyChart } from '../../../present/charts/history.ts'
import { CHART_WIDTHS } from '../../../present/report/chart-figure.ts'
import { type Calibration, calibrationOf } from '../../../questions/backtest/calibration.ts'
import type { FittedFile, FitWish, HistoryFit, ReadColumns } from './protocol.ts'

/** The names of the columns that each meaning was read from. Where they are not clear, those that the user chose. */
function readColumns(header: readonly string[], { name, columns }: FitWish): ReadColumns {
  try {
    const places = columnsOf(header, name, columns)
    return Object.fromEntries(
      MEANINGS.flatMap((meaning) => {
        const place = places[meaning]
        return place === undefined ? [] : [[meaning, header[place]]]
      }),
    )
  } catch {
    return columns
  }
}

export async function fittedFile(wish: FitWish): Promise<FittedFile> {
  const { name, text } = wish
  const header = await historyTable(text, name).then(
    (table) => table.header,
    () => [],
  )
  const columns = readColumns(header, wish)
  try {
    return { header, columns, result: await fitOf(wish) }
  } catch (error) {
    return { header, columns, result: messageOf(error) }
  }
}

/** Fitted for the first month of the plan, or for the month after the file's last one if the plan starts before it. */
async function fitOf({ name, text, columns, start, narrow }: FitWish): Promise<HistoryFit> {
  const options = { name, columns, plain: true }
  const next = await calibrationOf(text, options)
  const [planned, first] = [parseMonth(start ?? next.start) ?? 0, parseMonth(next.start) ?? 0]
  const found = planned > first ? await calibrationOf(text, { ...options, ...(start !== undefined && { start }) }) : next
  const chart = historyChart(found)
  const { notes, warnings, scenario, months } = found
  return {
    ...{ title: `${name}: ${months} months`, finding: chart.title, description: chart.description },
    chart: await chart.at(CHART_WIDTHS[narrow ? 'narrow' : 'wide'], { titled: false }).toSVG(),
    ...{ notes, warnings, scenario, start: found.start, figures: figuresIn(found) },
  }
}

function figuresIn({ start, base, baseSe, growth, cv, resolution, segments }: Calibration): HistoryFit['figures'] {
  const month = monthWords(start)
  const count = (value: number) => formatNumber(Number(value.toPrecision(3)))
  return [
    ['Growth', `${formatShare(growth.value)} a year, give or take ${formatShare(growth.se)}`],
    ['Month to month', `±${formatShare(cv)} around trend and season`],
    [`Volume in ${month}`, `${count(base)}, give or take ${count(baseSe)}, before the season`],
    ...(resolution
      ? [
          [
            `Resolution rate in ${month}`,
            `${formatShare(resolution.rate.value)}, give or take ${formatShare(resolution.rate.se)}`,
          ] as const,
        ]
      : []),
    ...(segments ? [['Segments', Object.keys(segments).join(', ')] as const] : []),
  ]
}
