// Charts of what further runs and analyses found.
import type { ValueOfInformation } from '../../questions/explain/information.ts'
import type { Pilot } from '../../questions/explain/pilot.ts'
import type { Sensitivity } from '../../questions/explain/sensitivity.ts'
import type { Diff } from '../../questions/explain/diff.ts'
import type { Optimum } from '../../questions/negotiate/optimize.ts'
import { shown, UsageError } from '../../errors.ts'
import { Chart } from './chart.ts'
import { COLOURS, HEIGHT, moneyAxis, shortMoney, WIDTH } from './theme.ts'
import { formatNumber } from '../../notation/number.ts'

/** Mean cost with each input at its P10 and at its P90. */
export function tornado({ offer, mean, inputs }: Sensitivity, currency: string): Chart {
  const rows = Object.entries(inputs)
    .map(([input, { low, high }]) => ({ input, low: low.value, high: high.value, swing: Math.abs(high.value - low.value) }))
    .sort((a, b) => b.swing - a.swing)
  const first = rows[0]
  const y = { field: 'input', type: 'nominal', sort: rows.map(({ input }) => input), axis: { title: null } }
  const axis = moneyAxis(currency, 'mean cost')
  return new Chart(
    first
      ? `${first.input} moves ${offer} most: ${shortMoney(first.swing, currency)} from its P10 to its P90`
      : `Nothing moves ${offer}`,
    `Mean cost of ${offer} with one input at its P10 and P90: ${rows.map(({ input, low, high }) => `${input} ${shortMoney(low, currency)} to ${shortMoney(high, currency)}`).join(', ')}.`,
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
        {
          mark: { type: 'bar', height: 16 },
          encoding: {
            y,
            x: { field: 'value', type: 'quantitative', scale: { zero: false }, axis },
            x2: { datum: mean.value },
            color: { field: 'end', type: 'nominal', title: null },
          },
        },
        {
          data: { values: [{}] },
          mark: { type: 'rule', color: '#767676' },
          encoding: { x: { datum: mean.value, type: 'quantitative' } },
        },
      ],
    },
  )
}

/** What is worth finding out before signing. */
export function information({ best, evpi, evppi, words }: ValueOfInformation, currency: string): Chart {
  const values = [
    ...Object.entries(evppi).map(([what, { value, se }]) => ({ what, value, low: value - 2 * se, high: value + 2 * se })),
    { what: 'everything', value: evpi.value, low: evpi.value - 2 * evpi.se, high: evpi.value + 2 * evpi.se },
  ]
  const y = { field: 'what', type: 'nominal', sort: '-x', axis: { title: null } }
  return new Chart(`What it is worth to know before signing ${best}`, words, {
    width: WIDTH,
    height: { step: 28 },
    data: { values },
    layer: [
      {
        mark: { type: 'bar', color: COLOURS[0], height: 16 },
        encoding: { y, x: { field: 'value', type: 'quantitative', axis: moneyAxis(currency, 'worth up to') } },
      },
      {
        mark: { type: 'rule', color: '#767676' },
        encoding: { y, x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
      },
    ],
  })
}

/** What pilots of some sizes leave when they are paid. */
export function pilotSizes({ sizes, words }: Pilot, currency: string): Chart {
  const values = sizes.flatMap(({ n, evsi, net }) => [
    { n, what: 'teaches', value: evsi.value },
    { n, what: 'leaves when it is paid', value: net.value },
  ])
  return new Chart('How large a pilot should be', words, {
    width: WIDTH,
    height: HEIGHT,
    data: { values },
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'n', type: 'quantitative', scale: { type: 'log' }, axis: { title: 'conversations of the pilot' } },
      y: { field: 'value', type: 'quantitative', axis: moneyAxis(currency, 'worth') },
      color: { field: 'what', type: 'nominal', title: null, sort: null },
    },
  })
}

/** Cost against the field that was searched, with two standard errors to each side, and where it is least. */
export function commitmentCurve({ offer, minimize, best, cost, curve }: Optimum, currency: string): Chart {
  const [[path, { value, low, high }]] = Object.entries(best)
  const values = curve.map((one) => ({
    at: one.values[path],
    cost: one.cost.value,
    low: one.cost.value - 2 * one.cost.se,
    high: one.cost.value + 2 * one.cost.se,
  }))
  const x = { field: 'at', type: 'quantitative', scale: { zero: false }, axis: { title: path } }
  const short = (number: number) => formatNumber(Number(number.toPrecision(5)))
  return new Chart(
    `${offer}: ${minimize} is least at ${short(value)}, ${shortMoney(cost.value, currency)}`,
    `${minimize} of ${offer} against ${path}: least, ${shortMoney(cost.value, currency)}, at ${short(value)} (${short(low)} to ${short(high)}).`,
    {
      width: WIDTH,
      height: HEIGHT,
      data: { values },
      layer: [
        {
          mark: { type: 'area', opacity: 0.25, color: COLOURS[0] },
          encoding: { x, y: { field: 'low', type: 'quantitative', scale: { zero: false } }, y2: { field: 'high' } },
        },
        {
          mark: { type: 'line', color: COLOURS[0] },
          encoding: { x, y: { field: 'cost', type: 'quantitative', axis: moneyAxis(currency, minimize) } },
        },
        { data: { values: [{ at: value }] }, mark: { type: 'rule', color: COLOURS[1], strokeDash: [4, 3] }, encoding: { x } },
      ],
    },
  )
}

/** From last plan's mean to this one's, change by change. */
export function diffChart(diff: Diff, offer: string, currency: string): Chart {
  if (!Object.hasOwn(diff.offers, offer))
    throw new UsageError(`both plans have ${Object.keys(diff.offers).join(', ')}: expected one of them, got ${shown(offer)}`)
  const [from, to] = [diff.offers[offer].from.mean.value, diff.offers[offer].to.mean.value]
  const steps = diff.changes.map(({ path, offers }) => ({ what: path, by: offers[offer]?.mean.value ?? 0 }))
  let level = from
  const bars = [
    { what: 'first plan', low: 0, high: from, kind: 'plan', label: shortMoney(from, currency) },
    ...steps.map(({ what, by }) => {
      const bar = {
        what,
        low: level,
        high: level + by,
        kind: by < 0 ? 'less' : 'more',
        label: `${by < 0 ? '' : '+'}${shortMoney(by, currency)}`,
      }
      level += by
      return bar
    }),
    { what: 'second plan', low: 0, high: to, kind: 'plan', label: shortMoney(to, currency) },
  ]
  const x = { field: 'what', type: 'nominal', sort: bars.map(({ what }) => what), axis: { title: null, labelAngle: -30 } }
  const largest = [...steps].sort((a, b) => Math.abs(b.by) - Math.abs(a.by))[0]
  return new Chart(
    largest ? `${largest.what} changes ${offer} most: ${shortMoney(largest.by, currency)}` : `Nothing changed ${offer}`,
    `Mean cost of ${offer} from ${shortMoney(from, currency)} to ${shortMoney(to, currency)}: ${steps.map(({ what, by }) => `${what} ${shortMoney(by, currency)}`).join(', ')}.`,
    {
      width: WIDTH,
      height: HEIGHT,
      data: { values: bars },
      layer: [
        {
          mark: 'bar',
          encoding: {
            x,
            y: { field: 'low', type: 'quantitative', axis: moneyAxis(currency, 'mean cost') },
            y2: { field: 'high' },
            color: {
              field: 'kind',
              type: 'nominal',
              legend: null,
              scale: { domain: ['plan', 'more', 'less'], range: [COLOURS[7], COLOURS[1], COLOURS[0]] },
            },
          },
        },
        { mark: { type: 'text', dy: -6 }, encoding: { x, y: { field: 'high', type: 'quantitative' }, text: { field: 'label' } } },
      ],
    },
  )
}
