// The bars: each offer's cost from P5 to P95, with the median and the budget at P80.
import { type ComponentChild, h } from 'preact'
import { ownStyle } from '../../present/charts/theme.ts'
import { cssShare } from '../../present/report/css-share.ts'
import type { RangeRow } from '../../present/report/ranges.ts'
import type { PlanAnswer } from './protocol.ts'
import type { Store } from './store.ts'

/** How to read a bar, drawn as one. */
function BarKey(): ComponentChild {
  return h(
    'div',
    { class: 'key', 'aria-hidden': 'true' },
    ['P5', 'P50', 'P80', 'P95'].map((mark) => h('span', {}, mark)),
    h('i', { class: 'range' }),
    h('i', { class: 'rest' }),
    h('i', { class: 'median' }),
    h('i', { class: 'p80' }),
  )
}

function Track({ row: { places, p5, p80, p95 } }: { readonly row: RangeRow }): ComponentChild {
  if (!places) return [h('b', { class: 'far' }, `P80 ${p80}`), h('i', { class: 'arrow' })]
  const span = (from: number, to: number) => `left:${cssShare(from)};width:${cssShare(to - from)}`
  return [
    h('i', { class: 'range', style: span(places.p5, places.p80) }),
    h('i', { class: 'rest', style: span(places.p80, places.p95) }),
    h('i', { class: 'median', style: `left:${cssShare(places.p50)}` }),
    h('i', { class: 'p80', style: `left:${cssShare(places.p80)}` }),
    h('b', { style: `left:${cssShare(places.p80)}` }, p80),
    h('span', { class: 'low', style: `right:${cssShare(1 - places.p5)}` }, p5),
    h('span', { class: 'high', style: `left:${cssShare(places.p95)}` }, p95),
  ]
}

interface BarRowProps {
  readonly row: RangeRow
  readonly choose: () => void
}

/** A tap shows the offer's budget. Those without a pointer choose it beside the budget. */
function BarRow({ row, choose }: BarRowProps): ComponentChild {
  const { title, color, places, p80 } = row
  return h(
    'li',
    { class: places ? '' : 'off', style: ownStyle(color), onClick: choose },
    h('span', { class: 'who' }, h('i', { class: 'swatch' }), title, h('b', { class: 'unseen' }, ` P80 ${p80}`)),
    h('div', { class: 'track', 'aria-hidden': 'true' }, h(Track, { row })),
  )
}

export function Bars({
  store,
  answer: { ranges, heading, years },
}: {
  readonly store: Store
  readonly answer: PlanAnswer
}): ComponentChild {
  if (!ranges) return null
  const rows = (isWithin: boolean) =>
    ranges.rows
      .filter(({ places }) => (places !== undefined) === isWithin)
      .map((row) => h(BarRow, { key: row.offer, row, choose: () => store.set({ chosen: row.offer }) }))
  const beyond = rows(false)
  const [head, ...cells] = ranges.table.head
  return h(
    'figure',
    { class: 'ranges' },
    h('figcaption', {}, h('h2', {}, heading), h('p', { class: 'note' }, `P80: enough in 80 of 100 ${years}`), h(BarKey, {})),
    h('ul', { class: 'bars' }, rows(true)),
    h(
      'div',
      { class: 'axis', 'aria-hidden': 'true' },
      h(
        'div',
        { class: 'ticks' },
        ranges.ticks.map(({ text, place }) => h('span', { style: `left:${cssShare(place)}` }, text)),
      ),
    ),
    beyond.length > 0 && [h('p', { class: 'beyond' }, ranges.beyond), h('ul', { class: 'bars' }, beyond)],
    h(
      'details',
      {},
      h('summary', {}, 'Show the figures'),
      h(
        'div',
        { class: 'wide', tabIndex: 0, role: 'region', 'aria-label': 'Budgets by confidence' },
        h(
          'table',
          {},
          h('caption', {}, ranges.table.caption),
          h(
            'thead',
            {},
            h(
              'tr',
              {},
              h('th', { scope: 'col' }, head),
              cells.map((cell) => h('th', { scope: 'col' }, cell)),
            ),
          ),
          h(
            'tbody',
            {},
            ranges.table.rows.map(([first, ...others]) =>
              h(
                'tr',
                {},
                h('th', { scope: 'row' }, first),
                others.map((cell) => h('td', {}, cell)),
              ),
            ),
          ),
        ),
      ),
    ),
  )
}
