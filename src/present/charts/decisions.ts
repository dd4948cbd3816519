// Charts of questions that need further runs.
import type { ValueOfInformation } from '../../questions/explain/information.ts'
import type { Pilot } from '../../questions/explain/pilot.ts'
import type { Sensitivity } from '../../questions/explain/sensitivity.ts'
import type { Diff } from '../../questions/explain/diff.ts'
import type { Optimum } from '../../questions/negotiate/optimize.ts'
import { shown, UsageError } from '../../errors.ts'
import { formatNumber } from '../../notation/number.ts'
import { capital } from '../../questions/compare/verdict-words.ts'
import type { Estimate } from '../../summary/summary.ts'
import { Chart } from './chart.ts'
import { alignAt, haloed, lineEnds } from './labels.ts'
import { inputAxis } from './inputs.ts'
import {
  around,
  band,
  category,
  clearlyAbove,
  COLORS,
  errorBars,
  GRAY,
  heightIn,
  INK,
  moneyAcross,
  moneyAxis,
  EXACT_ZERO,
  plot,
  quantity,
  shortMoney,
  shortNumber,
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
    ? `${first.input} moves the cost of ${offer} most: by ${swing}`
    : `${first.input} and ${second.input} move the cost of ${offer} about equally: by ${swing}`
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
  const ends = rows.flatMap(({ input, low, high, swing }) => [
    { input, end: 'P10', value: low, right: low > high, moves: swing.value > 0 },
    { input, end: 'P90', value: high, right: high >= low, moves: swing.value > 0 },
  ])
  return new Chart(
    swingFinding(rows, offer, money),
    `The bars show the mean cost of ${offer} with one input at its P10 and at its P90: ${rows.map(({ input, low, high }) => `${input} ${money(low)} to ${money(high)}`).join(', ')}.`,
    ({ narrow }) => {
      const y = category('input', { sort: rows.map(({ input }) => input), axis: { title: null, labelLimit: narrow ? 90 : 220 } })
      const x = quantity('value', {
        scale: { zero: false, padding: narrow ? 52 : 88 },
        axis: { ...moneyAxis(currency, 'mean cost'), tickCount: narrow ? 2 : 6 },
      })
      // An input that moves nothing needs no amounts.
      const label = (right: boolean) => ({
        data: {
          values: ends
            .filter((end) => end.moves && end.right === right)
            .map(({ input, end, value }) => ({ input, value, label: narrow ? money(value) : `${end} ${money(value)}` })),
        },
        mark: { type: 'text', align: right ? 'left' : 'right', dx: right ? 5 : -5 },
        encoding: { y, x, text: { field: 'label' } },
      })
      return {
        height: { step: 28 },
        data: { values: ends.map(({ input, end, value }) => ({ input, end: `at its ${end}`, value })) },
        layer: [
          {
            mark: { type: 'bar', height: 16 },
            encoding: {
              y,
              x,
              x2: { datum: mean.value },
              color: category('end', {
                legend: null,
                scale: { domain: ['at its P10', 'at its P90'], range: [COLORS[0], COLORS[1]] },
              }),
            },
          },
          {
            data: { values: [{}] },
            mark: { type: 'rule', color: INK },
            encoding: { x: { datum: mean.value, type: 'quantitative' } },
          },
          label(false),
          label(true),
        ],
      }
    },
    { subtitle: `Average cost of ${offer} with one input at its 10th (blue) or 90th percentile, ${currency}` },
  )
}

/** The most that it is worth to know each input, and all of them, before signing. */
export function information({ best, evpi, evppi, words }: ValueOfInformation, currency: string): Chart {
  const values = [...Object.entries(evppi), ['all inputs', evpi] as const]
    .map(([input, worth]) => ({
      input: inputAxis(input).title,
      value: worth.value,
      ...around(worth, 0),
      label: shortMoney(worth.value, currency),
    }))
    .sort((a, b) => b.value - a.value)
  const x = quantity('value', { axis: moneyAxis(currency, 'worth at most'), scale: { nice: false } })
  return new Chart(
    clearlyAbove(evpi, EXACT_ZERO)
      ? `Full information before you sign ${best} is worth up to ${shortMoney(evpi.value, currency)}`
      : `No information before you sign ${best} is clearly worth anything`,
    words,
    ({ narrow }) => {
      const y = category('input', { sort: values.map(({ input }) => input), axis: { title: null, labelLimit: narrow ? 110 : 240 } })
      return plot(values, {
        height: { step: 28 },
        layer: [
          { mark: { type: 'bar', color: COLORS[0], height: 16 }, encoding: { y, x } },
          errorBars(y),
          { mark: { type: 'text', align: 'left', dx: 6 }, encoding: { y, x: quantity('high'), text: { field: 'label' } } },
        ],
      })
    },
    { subtitle: `The most that it is worth to know an input before you sign, ${currency}` },
  )
}

/** The worth of pilots of several sizes, before and after their cost. */
export function pilotSizes({ sizes, best, unit, words }: Pilot, currency: string): Chart {
  const values = sizes.flatMap(({ n, evsi, net }) => [
    { n, line: 'worth of the result', value: evsi.value },
    { n, line: 'worth minus the cost', value: net.value },
  ])
  const last = sizes[sizes.length - 1]
  const powers = sizes.map(({ n }) => n).filter((n) => /^10*$/.test(String(n)))
  const named = powers.length > 1 ? powers : [sizes[0].n, last.n]
  const ends = [
    { label: 'worth', at: last.evsi.value, color: COLORS[0] },
    { label: 'after its cost', at: last.net.value, color: COLORS[1] },
  ]
  const amounts = values.map(({ value }) => value)
  return new Chart(
    pilotFinding(sizes, best, unit),
    words,
    (room) => {
      const x = quantity('n', {
        scale: { type: 'log', nice: false },
        axis: { title: `${unit} in the pilot`, values: named, grid: false, format: ',' },
      })
      const y = (field: string) => quantity(field, { axis: moneyAxis(currency, 'worth') })
      const pixels = heightIn(room)
      return plot(values, {
        height: pixels,
        layer: [
          {
            mark: { type: 'line', point: true },
            encoding: {
              x,
              y: y('value'),
              color: category('line', {
                sort: null,
                legend: null,
                scale: { domain: ['worth of the result', 'worth minus the cost'], range: [COLORS[0], COLORS[1]] },
              }),
            },
          },
          lineEnds(
            ends,
            { n: last.n },
            x,
            y('at'),
            { low: Math.min(0, ...amounts), high: Math.max(...amounts), pixels },
            room.width,
          ),
        ],
      })
    },
    { subtitle: `Worth of a pilot by its size, ${currency}` },
  )
}

/** The size that is worth most, if it is worth more than each other one beyond their errors. */
function pilotFinding(sizes: Pilot['sizes'], best: number, unit: string): string {
  const sorted = [...sizes].sort((a, b) => b.net.value - a.net.value)
  const [first, second] = sorted
  if (best === 0) return 'No pilot is worth its cost'
  if (!clearlyAbove(first.net, EXACT_ZERO)) return 'No pilot is clearly worth its cost'
  const size = (own: number) => `${formatNumber(own)} ${unit}`
  return second === undefined || clearlyAbove(first.net, second.net)
    ? `A pilot of ${size(first.n)} is worth most`
    : `Pilots of ${formatNumber(Math.min(first.n, second.n))} and ${size(Math.max(first.n, second.n))} are worth most`
}

/** Cost against the field that was searched, with two standard errors to each side, and its lowest point. */
export function commitmentCurve({ offer, minimize, best, cost, curve }: Optimum, currency: string): Chart {
  const [[path, { value, low, high }]] = Object.entries(best)
  const measure = minimize === 'mean' ? 'mean cost' : minimize
  const values = curve.map((point) => ({ at: point.values[path], cost: point.cost.value, ...around(point.cost) }))
  const [least, at, from, to] = [shortMoney(cost.value, currency), ...[value, low, high].map((number) => shortNumber(number, 5))]
  const places = values.map((point) => point.at)
  const place = (value - Math.min(...places)) / (Math.max(...places) - Math.min(...places) || 1)
  const dearest = curve.reduce((a, b) => (b.cost.value > a.cost.value ? b : a)).cost
  return new Chart(
    clearlyAbove(dearest, cost)
      ? `${offer} has its lowest ${measure}, ${least}, at ${at}`
      : `The ${measure} of ${offer} hardly depends on the number`,
    `The curve shows ${measure} of ${offer} against ${path}. It is lowest at ${at} (${from} to ${to}), with ${least}.`,
    (room) => {
      const x = quantity('at', { scale: { zero: false }, axis: { title: path, tickCount: room.narrow ? 4 : 8 } })
      const y = (field: string) => quantity(field, { scale: { zero: false }, axis: moneyAxis(currency, measure) })
      return plot(values, {
        height: heightIn(room),
        layer: [
          band(x, y('low'), 'high', 0.25),
          { mark: { type: 'line', color: COLORS[0] }, encoding: { x, y: y('cost') } },
          { data: { values: [{ at: value }] }, mark: { type: 'rule', color: COLORS[1], strokeDash: [4, 3] }, encoding: { x } },
          ...haloed(
            { align: alignAt(place), dy: -30, fontWeight: 700 },
            {
              data: { values: [{ at: value, cost: cost.value, label: `${least} at ${at}` }] },
              encoding: { x, y: y('cost'), text: { field: 'label' } },
            },
          ),
        ],
      })
    },
    { subtitle: `${capital(measure)} of ${offer} by ${path}, ${currency}` },
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
  const none = money(0)
  const small = Math.max(Math.abs(from), Math.abs(to)) / 10_000
  const signed = (by: number) => (Math.abs(by) < small ? none : `${by < 0 ? '' : '+'}${money(by)}`)
  const effects = diff.changes.map(({ path, offers }) => ({ change: path, mean: offers[offer]?.mean ?? EXACT_ZERO }))
  const steps = effects.map(({ change, mean }) => ({ change, by: mean.value }))
  let level = from
  const rows = [
    { change: 'first plan', low: 0, high: from, kind: 'plan', label: money(from) },
    ...steps.map(({ change, by }) => {
      const low = level
      level += by
      return { change, low, high: level, kind: by < 0 ? 'less' : 'more', label: signed(by) }
    }),
    { change: 'second plan', low: 0, high: to, kind: 'plan', label: money(to) },
  ]
  const bars = rows.map((row) => ({ ...row, end: Math.max(row.low, row.high) }))
  const scale = { domain: ['plan', 'more', 'less'], range: [GRAY, COLORS[1], COLORS[0]] }
  return new Chart(
    changeFinding(effects, offer, money),
    `The mean cost of ${offer} goes from ${money(from)} to ${money(to)}: ${steps.map(({ change, by }) => `${change} ${money(by)}`).join(', ')}.`,
    ({ narrow }) => {
      const y = category('change', {
        sort: bars.map(({ change }) => change),
        axis: { title: null, labelLimit: narrow ? 110 : 240 },
      })
      const x = quantity('low', {
        scale: { nice: false },
        axis: moneyAcross(currency, 'mean cost', narrow),
      })
      return plot(bars, {
        height: { step: 26 },
        layer: [
          {
            mark: { type: 'bar', height: 16 },
            encoding: { y, x, x2: { field: 'high' }, color: category('kind', { legend: null, scale }) },
          },
          { mark: { type: 'text', align: 'left', dx: 5 }, encoding: { y, x: quantity('end'), text: { field: 'label' } } },
        ],
      })
    },
    { subtitle: `Average cost of ${offer}, change by change, ${currency}` },
  )
}
