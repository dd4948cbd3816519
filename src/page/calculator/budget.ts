// The budget of an offer by how many of 100 simulated years it holds in, and its months.
import { type ComponentChild, h } from 'preact'
import { ownStyle } from '../../present/charts/theme.ts'
import { swatch } from '../swatch.ts'
import { Choice } from './choice.ts'
import { type Level, LEVELS, type OfferView, type PlanAnswer } from './protocol.ts'
import type { Store } from './store.ts'

function Months({ view, level }: { readonly view: OfferView; readonly level: Level }): ComponentChild {
  const months = view.months?.[level]
  if (!months) return h('p', { class: 'note' }, 'The months follow with the final figures.')
  const most = Math.max(1, ...months.map(({ amount }) => amount))
  const amounts = months.map(({ amount }) => amount)
  const [low, high] = [amounts.indexOf(Math.min(...amounts)), amounts.indexOf(Math.max(...amounts))]
  // Two labels side by side take about a third of the width each.
  const marked = Math.abs(low - high) * 3 >= months.length ? [low, high] : [high]
  const middle = (k: number) => Math.min(84, Math.max(16, (100 * (k + 0.5)) / months.length))
  return h(
    'figure',
    { class: 'months' },
    h(
      'p',
      { class: 'ends-of-year', 'aria-hidden': 'true' },
      marked.map((k) => h('b', { style: `left:${middle(k)}%` }, months[k].text)),
    ),
    h(
      'div',
      { 'aria-hidden': 'true' },
      months.map(({ month, amount }) =>
        h('i', { key: month, style: `height:${(100 * Math.max(0, amount)) / most}%;${ownStyle(view.color)}` }),
      ),
    ),
    h('figcaption', { 'aria-hidden': 'true' }, h('span', {}, months[0].month), h('span', {}, months[months.length - 1].month)),
    h(
      'details',
      {},
      h('summary', {}, 'By month'),
      h(
        'table',
        {},
        h('caption', {}, `Budget of ${view.title} that holds in ${level} of 100, by month`),
        h(
          'tbody',
          {},
          months.map(({ month, text }) => h('tr', {}, h('th', { scope: 'row' }, month), h('td', {}, text))),
        ),
      ),
    ),
  )
}

export function Budget({ store, answer }: { readonly store: Store; readonly answer: PlanAnswer }): ComponentChild {
  const { level, chosen } = store.state
  const view =
    answer.offers.find(({ name }) => name === chosen) ?? answer.offers.find(({ name }) => name === answer.best) ?? answer.offers[0]
  return h(
    'section',
    { class: 'budget' },
    h('h2', {}, 'Budget that holds in'),
    h(Choice<Level>, {
      ...{ name: 'level', legend: 'Budget that holds in', quiet: true },
      options: LEVELS.map((each) => [each, String(each)] as const),
      value: level,
      take: (each) => store.set({ level: each }),
    }),
    h('p', { class: 'note' }, `of 100 ${answer.years}`),
    h('output', { class: 'amount', 'data-value': String(view.exact[level]) }, view.budgets[level]),
    h(
      'div',
      { class: 'choice' },
      swatch(view.color),
      h(
        'select',
        {
          'aria-label': 'Offer of the budget',
          onChange: (event: Event) => store.set({ chosen: (event.currentTarget as HTMLSelectElement).value }),
        },
        answer.offers.map(({ name, title }) => h('option', { value: name, selected: name === view.name }, title)),
      ),
      h('span', { class: 'note' }, `${view.monthly[level]} a month`),
    ),
    h(Months, { view, level }),
  )
}
