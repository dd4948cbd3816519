// The bill of one month by quantity: a line, the month itself as a point, and a table for those who hear the page.
import { type ComponentChild, h } from 'preact'
import { ownStyle } from '../../../present/charts/theme.ts'
import type { QuoteBill } from '../protocol.ts'

const [WIDTH, HEIGHT] = [320, 176] as const
const [LEFT, RIGHT, TOP, BOTTOM] = [68, 8, 22, 22] as const
/** Below this distance from a side, a label would leave the picture. */
const MARGIN = 70

/** Where the price changes, and the words on both sides of the place. */
export interface PriceTurn {
  readonly quantity: number
  readonly before: string
  readonly after: string
}

interface ChartProps {
  readonly bill: QuoteBill
  readonly turn: PriceTurn | undefined
  /** The offer's place in the plan. */
  readonly color: number
}

/** Rows of the table: every sixth point. */
const EACH = 6

export function QuoteChart({ bill, turn, color }: ChartProps): ComponentChild {
  const { curve, here, ticks, meter, month } = bill
  const last = ticks.quantity[ticks.quantity.length - 1].at
  const most = ticks.amount[ticks.amount.length - 1].at
  const x = (quantity: number) => LEFT + ((WIDTH - LEFT - RIGHT) * quantity) / last
  const y = (amount: number) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * amount) / most
  const [hereX, hereY] = [x(here.quantity), y(here.amount)]
  const side = hereX > WIDTH - MARGIN ? 'end' : hereX < LEFT + MARGIN ? 'start' : 'middle'
  return h(
    'figure',
    { class: 'quote-chart', style: ownStyle(color) },
    h('figcaption', {}, `Bill of ${month} by ${meter}`),
    h(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' },
      ticks.amount.map(({ at, text }) => [
        h('path', { class: 'grid', d: `M${LEFT} ${y(at)}H${WIDTH - RIGHT}` }),
        h('text', { x: LEFT - 6, y: y(at) + 4, 'text-anchor': 'end' }, text),
      ]),
      ticks.quantity.map(({ at, text }, k) =>
        h('text', { x: x(at), y: HEIGHT - 6, 'text-anchor': k === 0 ? 'start' : k === 2 ? 'end' : 'middle' }, text),
      ),
      turn &&
        turn.quantity < last && [
          h('path', { class: 'turn', d: `M${x(turn.quantity)} ${TOP}V${HEIGHT - BOTTOM}` }),
          x(turn.quantity) > LEFT + MARGIN && h('text', { x: x(turn.quantity) - 5, y: TOP - 8, 'text-anchor': 'end' }, turn.before),
          x(turn.quantity) < WIDTH - MARGIN && h('text', { x: x(turn.quantity) + 5, y: TOP - 8 }, turn.after),
        ],
      h('polyline', { points: curve.map(({ quantity, amount }) => `${x(quantity).toFixed(1)},${y(amount).toFixed(1)}`).join(' ') }),
      h('circle', { cx: hereX, cy: hereY, r: 4.5 }),
      h(
        'text',
        {
          class: 'here',
          x: side === 'middle' ? hereX : side === 'end' ? WIDTH - RIGHT : LEFT,
          y: hereY > HEIGHT - BOTTOM - 24 ? hereY - 10 : hereY + 18,
          'text-anchor': side,
        },
        `${month}: ${here.text}`,
      ),
    ),
    h(
      'details',
      {},
      h('summary', {}, 'Show the figures'),
      h(
        'table',
        {},
        h('caption', {}, `Bill of ${month} by ${meter}`),
        h(
          'tbody',
          {},
          curve
            .filter((_, k) => k % EACH === 0)
            .map(({ quantity, text }) =>
              h('tr', {}, h('th', { scope: 'row' }, Math.round(quantity).toLocaleString('en-US')), h('td', {}, text)),
            ),
        ),
      ),
    ),
  )
}
