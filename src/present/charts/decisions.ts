// Charts of questions that need further runs.
import type { ValueOfInformation } from '../../questions/explain/information.ts'
import type { Pilot } from '../../questions/explain/pilot.ts'
import type { Sensitivity } from '../../questions/explain/sensitivity.ts'
import type { Diff } from '../../questions/explain/diff.ts'
import type { Optimum } from '../../questions/negotiate/optimize.ts'
import { shown, UsageError } from '../../errors.ts'
import { formatNumber } from '../../notation/number.ts'
import type { Estimate } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { inputAxis } from './inputs.ts'
import {
  around,
  band,
  category,
  clearlyAbove,
  COLORS,
  errorBars,
  GRAY,
  INK,
  moneyAxis,
  EXACT_ZERO,
  plot,
  quantity,
  shortMoney,
  shortNumber,
  WIDTH,
} from './theme.ts'

/** Which input moves a cost most, if its swing exceeds the next one by more than their error. @param rows the largest swing first */
function swingFinding(
  rows: readonly { readonly input: string; readonly swing: Estimate }[],
  offer: string,
  money: (value: number) => string,
): string {
  const [first, second] = rows
  if (first === undefined) return `No input moves the cost of ${offer}`
  const swing = money(first.swing.value)
  return second === undefined || clearlyAbove(first.swing, second.swing)
    ? `${first.input} moves the cost of ${offer} most: ${swing} from its P10 to its P90`
    : `${first.input} and ${second.input} move the cost of ${offer} about equally: ${swing} from P10 to P90`
}

/** Mean cost with each input at its P10 and at its P90. */
export function tornado({ offer, mean, inputs }: Sensitivity, currency: string): Chart {
  const money = (value: number) => shortMoney(value, currency)
  const rows = Object.entries(inputs)
    .map(([input, { low, high }]) => ({
      ...{ input: inputAxis(input).title, low: low.value, high: high.value },
      swing: { value: Math.abs(high.value - low.value), se: low.se + high.se },
    }))
    .sort((a, b) => b.swing.value - a.swing.value)
  const y = category('input', { sort: rows.map(({ input }) => input) })
  const x = quantity('value', { scale: { zero: false }, axis: moneyAxis(currency, 'mean cost') })
  return new Chart(
    swingFinding(rows, offer, money),
    `The bars show the mean cost of ${offer} with one input at its P10 and at its P90: ${rows.map(({ input, low, high }) => `${input} ${money(low)} to ${money(high)}`).join(', ')}.`,
    {
      width: WIDTH,
      height: { step: 28 },
      data: {
        values: rows.flatMap(({ input, low, high }) => [
          { input, end: 'at its P10', value: low },
          { input, end: 'at its P90', value: high },
        ]),
      },
      layer: [
        { mark: { type: 'bar', height: 16 }, encoding: { y, x, x2: { datum: mean.value }, color: category('end') } },
        {
          data: { values: [{}] },
          mark: { type: 'rule', color: INK },
          encoding: { x: { datum: mean.value, type: 'quantitative' } },
        },
      ],
    },
    { subtitle: `Average cost of ${offer} with one input at its 10th or 90th percentile, ${currency}` },
  )
}

/** The most that it is worth to know each input, and all of them, before signing. */
export function information({ best, evpi, evppi, words }: ValueOfInformation, currency: string): Chart {
  const values = [...Object.entries(evppi), ['all inputs', evpi] as const].map(([input, worth]) => ({
    input: inputAxis(input).title,
    value: worth.value,
    ...around(worth),
  }))
  const y = category('input', { sort: '-x' })
  const x = quantity('value', { axis: moneyAxis(currency, 'worth at most') })
  return new Chart(
    clearlyAbove(evpi, EXACT_ZERO)
      ? `Full information before you sign ${best} is worth up to ${shortMoney(evpi.value, currency)}`
      : `No information before you sign ${best} is clearly worth anything`,
    words,
    plot(values, {
      height: { step: 28 },
      layer: [{ mark: { type: 'bar', color: COLORS[0], height: 16 }, encoding: { y, x } }, errorBars(y)],
    }),
    { subtitle: `The most that it is worth to know an input before you sign, ${currency}` },
  )
}

/** The worth of pilots of several sizes, before and after their cost. */
export function pilotSizes({ sizes, best, unit, words }: Pilot, currency: string): Chart {
  const values = sizes.flatMap(({ n, evsi, net }) => [
    { n, line: 'worth of the result', value: evsi.value },
    { n, line: 'worth minus the cost', value: net.value },
  ])
  return new Chart(
    best > 0 ? `A pilot of ${formatNumber(best)} ${unit} is worth most` : 'No pilot is worth its cost',
    words,
    plot(values, {
      mark: { type: 'line', point: true },
      encoding: {
        x: quantity('n', { scale: { type: 'log' }, axis: { title: `${unit} in the pilot` } }),
        y: quantity('value', { axis: moneyAxis(currency, 'worth') }),
        color: category('line', { sort: null }),
      },
    }),
    { subtitle: `Worth of a pilot by its size, ${currency}` },
  )
}

/** Cost against the field that was searched, with two standard errors to each side, and its lowest point. */
export function commitmentCurve({ offer, minimize, best, cost, curve }: Optimum, currency: string): Chart {
  const [[path, { value, low, high }]] = Object.entries(best)
  const values = curve.map((point) => ({ at: point.values[path], cost: point.cost.value, ...around(point.cost) }))
  const x = quantity('at', { scale: { zero: false }, axis: { title: path } })
  const [least, at, from, to] = [shortMoney(cost.value, currency), ...[value, low, high].map((number) => shortNumber(number, 5))]
  return new Chart(
    `${offer} has its lowest ${minimize}, ${least}, at ${at}`,
    `The curve shows ${minimize} of ${offer} against ${path}. It is lowest at ${at} (${from} to ${to}), with ${least}.`,
    plot(values, {
      layer: [
        band(x, quantity('low', { scale: { zero: false } }), 'high', 0.25),
        { mark: { type: 'line', color: COLORS[0] }, encoding: { x, y: quantity('cost', { axis: moneyAxis(currency, minimize) }) } },
        { data: { values: [{ at: value }] }, mark: { type: 'rule', color: COLORS[1], strokeDash: [4, 3] }, encoding: { x } },
      ],
    }),
    { subtitle: `${minimize} of ${offer} by ${path}, ${currency}` },
  )
}

/** The change with the largest effect, if it exceeds that of the next one by more than their error. */
function changeFinding(
  effects: readonly { readonly change: string; readonly mean: Estimate }[],
  offer: string,
  money: (value: number) => string,
): string {
  const sizes = effects
    .map(({ change, mean }) => ({ change, by: mean.value, size: { value: Math.abs(mean.value), se: mean.se } }))
    .sort((a, b) => b.size.value - a.size.value)
  const [first, second] = sizes
  if (first === undefined) return `No change moves the cost of ${offer}`
  if (!clearlyAbove(first.size, EXACT_ZERO)) return `No change clearly moves the cost of ${offer}`
  const by = (amount: number) => `${amount < 0 ? '' : '+'}${money(amount)}`
  return second === undefined || clearlyAbove(first.size, second.size)
    ? `${first.change} changes the cost of ${offer} most: ${by(first.by)}`
    : `${first.change} and ${second.change} change the cost of ${offer} about equally: ${by(first.by)} and ${by(second.by)}`
}

/** From the mean of the first plan to that of the second, change by change. */
export function diffChart(diff: Diff, offer: string, currency: string): Chart {
  if (!Object.hasOwn(diff.offers, offer))
    throw new UsageError(`expected an offer of both plans (${Object.keys(diff.offers).join(', ')}), got ${shown(offer)}`)
  const money = (value: number) => shortMoney(value, currency)
  const [from, to] = [diff.offers[offer].from.mean.value, diff.offers[offer].to.mean.value]
  const effects = diff.changes.map(({ path, offers }) => ({ change: path, mean: offers[offer]?.mean ?? EXACT_ZERO }))
  const steps = effects.map(({ change, mean }) => ({ change, by: mean.value }))
  let level = from
  const bars = [
    { change: 'first plan', low: 0, high: from, kind: 'plan', label: money(from) },
    ...steps.map(({ change, by }) => {
      const low = level
      level += by
      return { change, low, high: level, kind: by < 0 ? 'less' : 'more', label: `${by < 0 ? '' : '+'}${money(by)}` }
    }),
    { change: 'second plan', low: 0, high: to, kind: 'plan', label: money(to) },
  ]
  const x = category('change', { sort: bars.map(({ change }) => change), axis: { title: null, labelAngle: -30 } })
  const scale = { domain: ['plan', 'more', 'less'], range: [GRAY, COLORS[1], COLORS[0]] }
  return new Chart(
    changeFinding(effects, offer, money),
    `The mean cost of ${offer} goes from ${money(from)} to ${money(to)}: ${steps.map(({ change, by }) => `${change} ${money(by)}`).join(', ')}.`,
    plot(bars, {
      layer: [
        {
          mark: 'bar',
          encoding: {
            x,
            y: quantity('low', { axis: moneyAxis(currency, 'mean cost') }),
            y2: { field: 'high' },
            color: category('kind', { legend: null, scale }),
          },
        },
        { mark: { type: 'text', dy: -6 }, encoding: { x, y: quantity('high'), text: { field: 'label' } } },
      ],
    }),
    { subtitle: `Average cost of ${offer}, change by change, ${currency}` },
  )
}
