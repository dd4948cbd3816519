// The answer: verdict, bars, odds, what would change it, and the budget.
import { type ComponentChild, h } from 'preact'
import { OpenQuestions, AskingTable } from './asking.ts'
import { Bars } from './bars.ts'
import { Budget } from './budget.ts'
import { GRADE_WORDS, GRADES } from '../../present/words/grades.ts'
import { ownStyle } from '../../present/charts/theme.ts'
import { swatch } from '../swatch.ts'
import type { Form } from './plan.ts'
import type { PlanAnswer, OfferView } from './protocol.ts'
import { inColor } from './underlined.ts'
import { StripView, unnamedOn } from './strip-view.ts'
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

/** The sentence of a tie that says who is cheapest most often, which the line of strengths says too. */
const OFTENEST = 2

/** Sentences with the titles of offers underlined in their colors. */
function said({ sentences, offers, strengths }: PlanAnswer): ComponentChild[] {
  const isTold = (k: number) => k === OFTENEST && strengths.length > 0 && k < sentences.length - 1
  const parts = sentences.map((sentence, k): ComponentChild => {
    const text = inColor(sentence, offers)
    return k < HEADLINE ? text : h('span', { class: isTold(k) ? 'unseen' : 'rest' }, text)
  })
  return parts.flatMap((part, k) => (k === 0 ? [part] : [' ', part]))
}

/** What each offer of a tie is better at. It keeps its height while a slider moves, also when there is no tie. */
function Strengths({ answer: { strengths, offers } }: Shown): ComponentChild {
  return h(
    'ul',
    { class: 'strengths' },
    strengths.map(({ offer: name, words }) => {
      const view = offers.find((offer) => offer.name === name)
      return view && h('li', { key: name }, h('b', {}, swatch(view.color), view.title), h('span', {}, words))
    }),
  )
}

function Verdict({ store, form, answer }: Shown): ComponentChild {
  const { grade, trials, years } = answer
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
    h('h1', {}, said(answer)),
    h(Strengths, { store, form, answer }),
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
  if (strips.length === 0) return null
  // A plan with an error has no place on a strip. What stands below keeps its column.
  if (failure !== undefined)
    return h(
      'section',
      {},
      h('h2', {}, 'What would change the answer'),
      h('p', { class: 'note' }, 'This follows as soon as the plan can be run.'),
    )
  // Offers whose name has no room on a strip.
  const shown = unnamedOn(strips).map((place) => answer.offers[place])
  return h(
    'section',
    {},
    h('h2', {}, 'What would change the answer'),
    h('p', { class: 'note' }, 'Cheapest on average. Pale: leads by less than 1%.'),
    shown.length > 0 &&
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

export function AnswerView(shown: Shown): ComponentChild {
  const { answer } = shown
  return h(
    'main',
    { id: 'answer', class: shown.store.state.failure ? 'answer stale' : 'answer', tabIndex: -1 },
    h(Verdict, shown),
    h(
      'div',
      { class: 'rows' },
      h('section', { 'aria-label': answer.heading }, h(Bars, shown)),
      answer.offers.length > 1 ? h(Odds, shown) : null,
      h(Changes, shown),
      h(Budget, shown),
      h(SideBySide, shown),
      h(AskingTable, shown),
      h(OpenQuestions, shown),
    ),
    h(
      'p',
      { class: 'note last' },
      `${answer.precision} Final figures are those of the command line on the exported plan. `,
      h('button', { class: 'link', onClick: () => shown.store.show('export') }, 'Run it on the command line'),
    ),
  )
}
