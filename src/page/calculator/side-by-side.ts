// The saved variants in a table: verdicts, budgets and odds beside each other.
import { type ComponentChild, h } from 'preact'
import { GRADE_WORDS } from '../../present/words/grades.ts'
import type { Level, PlanAnswer } from './protocol.ts'
import type { Store } from './store.ts'
import type { SavedVariant } from './variants.ts'

function Column({ variant, store }: { readonly variant: SavedVariant; readonly store: Store }): ComponentChild {
  const { name, plan } = variant
  return h(
    'th',
    { scope: 'col' },
    name,
    h(
      'span',
      {},
      plan === store.state.plan
        ? 'shown above'
        : h('button', { class: 'link', 'aria-label': `Open ${name}`, onClick: () => store.edit(plan) }, 'Open'),
      ' ',
      h('button', { class: 'link', 'aria-label': `Forget ${name}`, onClick: () => store.forget(name) }, 'Forget'),
    ),
  )
}

function row(head: string, cells: readonly string[]): ComponentChild {
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, head),
    cells.map((cell) => h('td', {}, cell)),
  )
}

const cellOf = (variant: SavedVariant, title: string, level: Level): string => {
  const offer = variant.offers.find((one) => one.title === title)
  return offer ? `${offer.budgets[level]}, cheapest in ${offer.odds} of 100` : '–'
}

export function SideBySide({ store, answer }: { readonly store: Store; readonly answer: PlanAnswer }): ComponentChild {
  const { variants, kept, level } = store.state
  if (variants.length === 0) return null
  const titles = [...new Set(variants.flatMap(({ offers }) => offers.map(({ title }) => title)))]
  return h(
    'section',
    { class: 'across' },
    h('h2', {}, 'Saved variants'),
    h(
      'p',
      { class: 'note' },
      `Budgets hold in ${level} of 100 ${answer.years}.`,
      kept ? '' : ' This browser keeps nothing for the page: they last until you close it.',
    ),
    h(
      'div',
      { class: 'wide', tabIndex: 0, role: 'region', 'aria-label': 'Saved variants' },
      h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            h('td', {}),
            variants.map((variant) => h(Column, { key: variant.name, variant, store })),
          ),
        ),
        h(
          'tbody',
          {},
          row(
            'Verdict',
            variants.map(({ grade, verdict }) => (grade === '' ? verdict : `${GRADE_WORDS[grade]}: ${verdict}`)),
          ),
          titles.map((title) =>
            row(
              title,
              variants.map((variant) => cellOf(variant, title, level)),
            ),
          ),
        ),
      ),
    ),
  )
}
