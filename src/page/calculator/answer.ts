// The answer: verdict, bars, odds, what would change it, and the budget.
import { type ComponentChild, h } from 'preact'
import { OpenQuestions, AskingTable } from './asking.ts'
import { Choice } from './choice.ts'
import { GRADE_WORDS, GRADES } from '../../present/words/grades.ts'
import { ownStyle } from '../../present/charts/theme.ts'
import { swatch } from '../swatch.ts'
import type { Form } from './plan.ts'
import { type Level, type PlanAnswer, LEVELS, type OfferView } from './protocol.ts'
import { StripView } from './strip-view.ts'
import { SideBySide } from './side-by-side.ts'
import type { Store } from './store.ts'

interface Shown {
  readonly store: Store
  readonly form: Form
  readonly answer: PlanAnswer
}

export const colorOfBest = ({ offers, best }: PlanAnswer): number | undefined => offers.find(({ name }) => name === best)?.color

/** Sentences of a verdict in large letters. The others stand below. */
const HEADLINE = 2

const detail = (text: string): ComponentChild[] => (text === '' ? [] : [' ', h('span', { class: 'rest' }, text)])

function Verdict({ store, answer }: Shown): ComponentChild {
  const { grade, sentences, trials, years } = answer
  const { failure, refining, spoken } = store.state
  const color = colorOfBest(answer)
  return h(
    'header',
    { class: 'verdict' },
    h(
      'p',
      { class: 'grades' },
      grade
        ? GRADES.map((each) =>
            h(
              'span',
              each === grade
                ? { class: `pill ${each}`, 'aria-current': 'true', style: ownStyle(color) }
                : { 'aria-hidden': 'true' },
              GRADE_WORDS[each],
            ),
          )
        : h('span', {}, 'Add two quotes to compare.'),
      h('span', { class: 'status' }, failure ? 'Before the error' : `${trials} ${years}${refining ? ', refining' : ''}`),
    ),
    h('h1', {}, sentences.slice(0, HEADLINE).join(' '), ...detail(sentences.slice(HEADLINE).join(' '))),
    h('p', { class: 'spoken', 'aria-live': 'polite' }, spoken),
    answer.notes.map((note) => h('p', { class: 'note remark' }, note.endsWith('.') ? note : `${note}.`)),
    failure && h('p', { class: 'error', role: 'alert' }, `This plan cannot be run: ${failure}`),
  )
}

/** More offers that are never the cheapest have one line for all of them. */
const MOST_NEVER = 3

interface OddsProps {
  readonly sorted: readonly OfferView[]
  /** Those that were never the cheapest, when the slider started that still moves. */
  readonly never: ReadonlySet<string>
}

function OddsList({ sorted, never }: OddsProps): ComponentChild {
  const others = never.size > MOST_NEVER ? sorted.filter(({ name }) => never.has(name)) : []
  const together = others.reduce((sum, { odds }) => sum + odds, 0)
  return h(
    'ul',
    {},
    sorted
      .filter((offer) => !others.includes(offer))
      .map(({ title, oddsWords, color }) =>
        // In words, a line would break while squares change.
        h('li', {}, h('b', {}, oddsWords.replace('more than ', '>')), h('span', {}, swatch(color), title)),
      ),
    others.length > 0 && h('li', {}, h('b', {}, String(together)), h('span', {}, `${others.length} others together`)),
  )
}

function Odds({ store, answer }: Shown): ComponentChild {
  // While a slider moves, squares recolor in place.
  const { offers } = store.state.moving ?? answer
  const order = [...offers].sort((a, b) => b.odds - a.odds).map(({ name }) => name)
  const sorted = [...answer.offers].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
  const squares = sorted.flatMap(({ odds, color }) => Array.from({ length: odds }, () => color))
  const words = sorted.map(({ title, oddsWords }) => `${title} ${oddsWords}`).join(', ')
  return h(
    'section',
    { class: 'odds' },
    h('h2', {}, 'Cheapest offer'),
    h('p', { class: 'note' }, `in each of 100 ${answer.years}`),
    h(
      'div',
      { class: 'hundred' },
      h(
        'div',
        { class: 'squares', role: 'img', 'aria-label': `${words} of 100 ${answer.years}` },
        squares.map((color, k) => h('i', { key: k, style: ownStyle(color) })),
      ),
      h(OddsList, { sorted, never: new Set(offers.filter(({ odds }) => odds === 0).map(({ name }) => name)) }),
    ),
  )
}

function Changes({ store, form, answer }: Shown): ComponentChild {
  const { strips, failure } = store.state
  // A plan with an error has no place on a strip.
  if (strips.length === 0 || failure !== undefined) return null
  const shown = [...new Set(strips.flatMap(({ parts }) => parts.map(({ place }) => place)))].map((place) => answer.offers[place])
  return h(
    'section',
    {},
    h('h2', {}, 'What would change the answer'),
    h(
      'p',
      { class: 'note' },
      'Cheapest on average. Pale: leads by less than 1%. Move a handle to change the plan. Shift moves it further, and B to the next break-even.',
    ),
    h(
      'p',
      { class: 'legend' },
      shown.map((offer) => offer && h('span', {}, swatch(offer.color), offer.title)),
    ),
    strips.map((strip) =>
      h(StripView, { key: strip.key, strip, store, form, colorOf: (place: number) => answer.offers[place]?.color }),
    ),
  )
}

function Months({ view, level }: { readonly view: OfferView; readonly level: Level }): ComponentChild {
  const months = view.months?.[level]
  if (!months) return h('p', { class: 'note' }, 'The months follow with the final figures.')
  const most = Math.max(1, ...months.map(({ amount }) => amount))
  return h(
    'figure',
    { class: 'months' },
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

function Budget({ store, answer }: Shown): ComponentChild {
  const { level, chosen } = store.state
  const view =
    answer.offers.find(({ name }) => name === chosen) ?? answer.offers.find(({ name }) => name === answer.best) ?? answer.offers[0]
  return h(
    'section',
    { class: 'budget' },
    h('h2', {}, 'Budget'),
    h(Choice<Level>, {
      name: 'level',
      legend: 'that holds in',
      options: LEVELS.map((each) => [each, String(each)] as const),
      value: level,
      take: (each) => store.set({ level: each }),
    }),
    h('p', { class: 'note' }, `of 100 ${answer.years}`),
    h('output', { class: 'amount', 'data-value': String(view.exact[level]) }, view.budgets[level]),
    h(
      'label',
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
    ),
    h(Months, { view, level }),
  )
}

export function AnswerView(shown: Shown): ComponentChild {
  const { answer } = shown
  return h(
    'main',
    { id: 'answer', class: shown.store.state.failure ? 'answer stale' : 'answer', tabIndex: -1 },
    h(Verdict, shown),
    h(
      'div',
      { class: 'rows' },
      h('section', { 'aria-label': answer.heading }, h('div', { dangerouslySetInnerHTML: { __html: answer.bars } })),
      answer.offers.length > 1 ? h(Odds, shown) : null,
      h(Changes, shown),
      h(Budget, shown),
      h(SideBySide, shown),
      h(AskingTable, shown),
      h(OpenQuestions, shown),
    ),
    h('p', { class: 'note' }, 'Budgets and odds of the final answer are those of the command line on the exported plan.'),
  )
}
