// The lists of prices to ask for and of questions to each vendor.
import { type ComponentChild, h } from 'preact'
import { ASKED_HEAD, ASKED_NOTE } from '../../present/words/asking-heads.ts'
import { questionsFor } from './emails-dialog.ts'
import { swatch } from '../swatch.ts'
import type { PlanAnswer } from './protocol.ts'
import type { Store } from './store.ts'

interface Asking {
  readonly store: Store
  readonly answer: PlanAnswer
}

export function AskingTable({ store, answer }: Asking): ComponentChild {
  const { prices } = store.state
  const rows = prices.flatMap((price) => answer.offers.filter(({ name }) => name === price.offer).map((view) => ({ price, view })))
  if (rows.length === 0) return null
  return h(
    'section',
    {},
    h('h2', {}, 'Prices to ask for'),
    h('p', { class: 'note' }, ASKED_NOTE),
    h(
      'div',
      { class: 'wide', tabIndex: 0, role: 'region', 'aria-label': 'Prices to ask for' },
      h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            ASKED_HEAD.map((head) => h('th', { scope: 'col' }, head)),
          ),
        ),
        h(
          'tbody',
          {},
          rows.map(({ price, view }) =>
            h(
              'tr',
              {},
              h('th', { scope: 'row' }, swatch(view.color), `${view.title}, ${price.unit}`),
              [price.quoted, price.level, price.clear].map((text) => h('td', {}, text)),
            ),
          ),
        ),
      ),
    ),
  )
}

export function OpenQuestions({ store, answer }: Asking): ComponentChild {
  const { questions } = store.state
  if (questions.every.length === 0) return null
  const list = (asked: readonly string[]) =>
    h(
      'ul',
      {},
      asked.map((question) => h('li', {}, question)),
    )
  return h(
    'section',
    {},
    h('h2', {}, 'Open questions'),
    h('button', { class: 'link', onClick: () => store.show('emails') }, 'Copy as email'),
    h('details', {}, h('summary', {}, `Ask every vendor (${questions.every.length})`), list(questions.every)),
    answer.offers.map(({ title }) => {
      const own = questionsFor(questions, title)
      return own.length > 0 && h('details', {}, h('summary', {}, `Ask ${title} (${own.length})`), list(own))
    }),
  )
}
