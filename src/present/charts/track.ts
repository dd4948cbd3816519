// The chart of a year beside its plan: the past, the closed months, the fan ahead, and the fan of the plan behind them.
import { trialsWord } from '../../months.ts'
import type { Estimate } from '../../summary/summary.ts'
import type { Track } from '../../questions/replan/track.ts'
import { Chart } from './chart.ts'
import { changeOf, courseLayers } from './course.ts'
import { heightIn } from './theme.ts'

type Bands<T> = Readonly<Record<'p5' | 'p25' | 'p75' | 'p95', T>>

const bandsOf = ({ p5, p25, p75, p95 }: Bands<Estimate>): Bands<number> => ({
  ...{ p5: p5.value, p25: p25.value, p75: p75.value, p95: p95.value },
})

const NO_PAST = { past: [], outliers: [], shifts: [] } as const

export function trackFan({ history = NO_PAST, months, verdict, reforecast }: Track): Chart {
  const ahead =
    'none' in reforecast
      ? []
      : reforecast.conversations.map(({ month, mean, percentiles }) => ({ month, mean: mean.value, ...bandsOf(percentiles) }))
  const { shifts, outliers, past } = history
  const bands = `hold 50 and 90 of 100 ${trialsWord(months.length)}`
  return new Chart(
    verdict.redo ? 'The year has left the plan' : 'The year is within the plan',
    [
      `The chart shows planned conversations. The gray band holds 90 of 100 ${trialsWord(months.length)} of the plan, the dotted line is their mean, and the line with points shows actual volumes.`,
      ...('none' in reforecast
        ? [`There is no reforecast: ${reforecast.none}.`]
        : [`Given the closed months, the dashed line is the mean of the open ones, and the blue bands ${bands}.`]),
      ...(past.length > 0
        ? [
            `Before the plan, points are the past volumes, the solid line is what all other months predict, and the gray line is the same without seasons.`,
          ]
        : []),
      ...shifts.map((shift) => `The level changes by ${changeOf(shift)} in ${shift.month}.`),
      ...outliers.map(({ month }) => `${month} is an outlier.`),
      verdict.words,
    ].join(' '),
    (room) => {
      const pixels = heightIn(room)
      const course = {
        ...history,
        planned: months.map(({ month, mean, percentiles }) => ({ month, mean, ...percentiles })),
        closed: months.flatMap(({ month, actual }) => (actual === undefined ? [] : [{ month, actual }])),
        ahead,
      }
      return { height: pixels, ...courseLayers(course, { pixels, ...room }) }
    },
    { subtitle: `Conversations a month: actual, plan and forecast, bands of 50 and 90 of 100 ${trialsWord(months.length)}` },
  )
}
