// How the choice depends on one input: how often each offer is cheapest as areas, and the offer with the lowest mean as a strip below.
import type { Acceptability } from '../../questions/compare/acceptability.ts'
import type { Summary } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { inputAxis, inputInWords } from './inputs.ts'
import { alignAt } from './labels.ts'
import { fittingText, textWidth } from './letters.ts'
import { aboutRun, clearlyAbove, GRAY, offerScale, OWN_COLOR, PAPER, quantity, shareAxis, TITLE } from './theme.ts'

const STRIP = 26
/** The words of the vertical axis. */
const AXIS = 52
/** Pixels that the name of an area takes from above. */
const LEAST_AREA = 16
const TIE = 'tie'

/** Values next to each other at which one offer has the lowest mean. */
interface Stretch {
  readonly offer: string | undefined
  readonly from: number
  readonly to: number
}

/** The offer that clearly has the lowest mean of a class. Twins take turns by chance, and neither of them leads. */
function leaderOf({ offers, frontier }: Acceptability['points'][number]): string | undefined {
  const { mean } = offers[frontier]
  return Object.entries(offers).every(([name, own]) => name === frontier || clearlyAbove(own.mean, mean)) ? frontier : undefined
}

/** Borders lie halfway between the means of two classes. The outer classes reach to their own means, since their extremes are rare. */
function stripParts(points: Acceptability['points']): Stretch[] {
  const middle = (k: number) => (points[k - 1].at + points[k].at) / 2
  const leaders = points.map(leaderOf)
  const starts = leaders.flatMap((leader, k) => (k === 0 || leaders[k - 1] !== leader ? [k] : []))
  return starts.map((k, n) => ({
    offer: leaders[k],
    from: k === 0 ? points[0].at : middle(k),
    to: n + 1 < starts.length ? middle(starts[n + 1]) : points[points.length - 1].at,
  }))
}

export function breakEvenStrip({ against, points, words }: Acceptability, summary: Summary): Chart {
  const names = Object.keys(summary.offers)
  const shares = names.map((offer) => points.map(({ offers }) => offers[offer].cheapest.value))
  const areas = points.flatMap(({ at }, k) => names.map((offer, n) => ({ at, offer, chance: shares[n][k], order: n })))
  const stretches = stripParts(points)
  const [low, high] = [points[0].at, points[points.length - 1].at]
  const { title, ...format } = inputAxis(against)
  const noun = inputInWords(against)
  const scale = { zero: false, nice: false, domain: [low, high] }
  const best = stretches.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a)).offer
  const colors = offerScale(names, best)
  return new Chart(
    stripFinding(stretches, noun),
    words,
    ({ width, narrow }) => {
      const pixels = width - AXIS
      const height = narrow ? 160 : 200
      const color = { field: 'offer', type: 'nominal', scale: colors, legend: null }
      const strip = stretches.map((one) => ({
        ...{ from: one.from, to: one.to, offer: one.offer ?? TIE, middle: (one.from + one.to) / 2 },
        color: one.offer === undefined ? GRAY : colors.range[names.indexOf(one.offer)],
        label: fittingText(one.offer ?? TIE, ((one.to - one.from) / (high - low || 1)) * pixels - 6, 12, true),
      }))
      return {
        vconcat: [
          {
            ...{ width: pixels, height },
            layer: [
              {
                data: { values: areas },
                mark: { type: 'area', opacity: 0.45, line: false },
                encoding: {
                  x: quantity('at', { scale, axis: null }),
                  y: quantity('chance', { stack: 'zero', scale: { domain: [0, 1] }, axis: shareAxis(null) }),
                  color,
                  order: quantity('order'),
                },
              },
              ...areaLabels(
                points.map(({ at }) => at),
                names,
                shares,
                { pixels, height },
              ).map(({ align, ...label }) => ({
                data: { values: [label] },
                mark: { type: 'text', align, fontWeight: 700, color: TITLE },
                encoding: { x: quantity('x', { scale, axis: null }), y: quantity('y'), text: { field: 'label' } },
              })),
            ],
          },
          {
            ...{ width: pixels, height: STRIP },
            layer: [
              {
                data: { values: strip },
                mark: { type: 'rect', stroke: PAPER, strokeWidth: 2 },
                encoding: {
                  x: quantity('from', { scale, axis: { title, ...format, grid: false, tickCount: narrow ? 4 : 8 } }),
                  x2: { field: 'to' },
                  color: OWN_COLOR,
                },
              },
              {
                data: { values: strip.filter(({ label }) => label.length > 2) },
                mark: { type: 'text', color: PAPER, fontWeight: 700 },
                encoding: { x: quantity('middle', { scale }), text: { field: 'label' } },
              },
            ],
          },
        ],
        spacing: 6,
      }
    },
    aboutRun(summary, `How often each offer is the cheapest. Strip: lowest mean. By ${noun}`, ''),
  )
}

function stripFinding(stretches: readonly Stretch[], noun: string): string {
  const leaders = [...new Set(stretches.flatMap(({ offer }) => offer ?? []))]
  const [first, second] = leaders
  if (first === undefined) return `No offer clearly has the lowest mean at any ${noun} shown`
  if (second !== undefined) return `The offer with the lowest mean depends on the ${noun}`
  return stretches.length === 1
    ? `${first} has the lowest mean at every ${noun} shown`
    : `No ${noun} clearly favors another offer than ${first}`
}

/** Names each area where it is highest, if its name fits there. */
function areaLabels(
  at: readonly number[],
  names: readonly string[],
  shares: readonly (readonly number[])[],
  { pixels, height }: { readonly pixels: number; readonly height: number },
) {
  return names.flatMap((name, n) => {
    const label = fittingText(name, 0.6 * pixels, 12, true)
    const own = shares[n]
    const peak = own.reduce((best, share, k) => (share > own[best] + 1e-9 ? k : best), 0)
    if (own[peak] * height < LEAST_AREA) return []
    const below = shares.slice(0, n).reduce((sum, others) => sum + others[peak], 0)
    const place = (at[peak] - at[0]) / (at[at.length - 1] - at[0] || 1)
    const align = alignAt(place, textWidth(label, 12, true) / 2 / pixels)
    const inset = { left: 6, right: -6, center: 0 }[align]
    return [{ label, x: at[peak] + (inset / pixels) * (at[at.length - 1] - at[0]), y: below + own[peak] / 2, align }]
  })
}
