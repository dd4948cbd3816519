// The charts of a history: the months that were, the fit, and the months that may come.
import { monthWords, trialsWord } from '../../months.ts'
import type { Calibration, FittedHistory } from '../../questions/backtest/calibration.ts'
import { Chart } from './chart.ts'
import { changeOf, courseLayers, coursePanels } from './course.ts'
import { heightIn } from './theme.ts'

const percentOf = (value: number): string => `${Math.round(100 * Math.abs(value))}%`

/** The finding: a step if there is one, and growth if it is two errors from 0. */
function findingOf({ growth: { value, se }, shifts }: FittedHistory): string {
  const last = shifts[shifts.length - 1]
  if (last)
    return `The level ${last.ratio > 1 ? 'rose' : 'fell'} by ${percentOf(last.ratio - 1)} in ${monthWords(last.month)}, beyond the trend`
  if (Math.abs(value) < 2 * se) return 'The history shows no clear growth for the year ahead'
  return `Volumes are expected to ${value > 0 ? 'grow' : 'fall'} by ${percentOf(value)} a year`
}

/** Pixels of the words beside the plot. */
const BESIDE = 110

/** Segments that have a panel: those with the largest volumes. */
const MOST_PANELS = 12

/**
 * Past months with the fit, its level without seasons, steps and outliers, and the fan of the year ahead. Below it, each segment of the
 * history has a panel.
 */
export function historyChart(found: FittedHistory & { readonly segments?: Calibration['segments'] }): Chart {
  const { ahead, outliers, shifts, name, segments } = found
  const panels = Object.entries(segments ?? {})
    .sort(([, a], [, b]) => b.base - a.base)
    .slice(0, MOST_PANELS)
  return new Chart(
    findingOf(found),
    [
      `The chart shows ${name}, ${found.since} to ${found.until}. Points are actual volumes, the solid line is what all other months predict, and the gray line is the same without seasons. Ahead, the dashed line is the mean, and the bands hold 50 and 90 of 100 ${trialsWord(ahead.length)}.`,
      ...shifts.map((shift) => `The level changes by ${changeOf(shift)} in ${shift.month}.`),
      ...outliers.map(({ month }) => `${month} is an outlier.`),
      ...(panels.length > 0
        ? [
            `Below the sum of all ${Object.keys(segments ?? {}).length} segments, panels show ${panels.map(([segment]) => segment).join(', ')}.`,
          ]
        : []),
      ...panels.flatMap(([segment, own]) =>
        own.shifts.map((shift) => `The level of ${segment} changes by ${changeOf(shift)} in ${shift.month}.`),
      ),
    ].join(' '),
    (room) => {
      const pixels = heightIn(room)
      const whole = { height: pixels, ...courseLayers(found, { pixels, ...room }) }
      // Pictures beside each other have widths of their own: that of the plot, less the names on both of its sides.
      return panels.length > 0 ? { vconcat: [{ ...whole, width: room.width - BESIDE }, coursePanels(panels, room)] } : whole
    },
    { subtitle: `${name}: conversations a month and the fit. Ahead, bands of 50 and 90 of 100 ${trialsWord(ahead.length)}` },
  )
}
