// The calculator: a form, and the answer beside it. Everything happens in the page.
import { type ComponentChild, h, render } from 'preact'
import type { FilesBeside } from '../../api/beside.ts'
import { GRADE_WORDS } from '../../present/words/grades.ts'
import { AnswerView, colorOfBest } from './answer.ts'
import { Dialogs } from './dialogs.ts'
import { PlanForm } from './form.ts'
import { nextTurn } from '../../pace.ts'
import { takeDrops } from './opened-files.ts'
import { FIRST_PLAN, type Form, formOf } from './plan.ts'
import { isPlanLink, planOfLink, type SharedPlan } from './share.ts'
import { Store } from './store.ts'
import { ownStyle } from '../../present/charts/theme.ts'
import { swatch } from '../swatch.ts'
import { MOST_SAVED } from './variants.ts'

function Bar({ store, form }: { readonly store: Store; readonly form: Form }): ComponentChild {
  return h(
    'header',
    { class: 'bar-top' },
    h('strong', { class: 'brand' }, 'billcast'),
    h('span', { class: 'plan-name' }, form.name),
    h('span', { class: 'private' }, 'Nothing leaves this page'),
    h('button', { disabled: !store.canUndo, 'aria-label': 'Undo', title: 'Undo', onClick: () => store.undo() }, '↶'),
    h('button', { disabled: !store.canRedo, 'aria-label': 'Redo', title: 'Redo', onClick: () => store.redo() }, '↷'),
    h(
      'button',
      { disabled: !store.state.answer?.final || store.state.variants.length >= MOST_SAVED, onClick: () => store.save() },
      'Save variant',
    ),
    h('button', { onClick: () => store.show('plan') }, 'Whole plan'),
    h('button', { onClick: () => store.show('share') }, 'Share'),
    h('button', { class: 'main', onClick: () => store.show('export') }, 'Export'),
  )
}

/** A phone is this many offers wide. */
const MOST_AT_A_GLANCE = 3

/** $444k for $444,000. */
const shortly = (amount: string): string => amount.replace(/^(\D*\d{1,3}),000$/, '$1k')

/** On a phone, what stays in view: the grade, the budgets, and the ways to both halves of the page. */
function Glance({ store }: { readonly store: Store }): ComponentChild {
  const { answer, moving } = store.state
  const order = [...((moving ?? answer)?.offers ?? [])].sort((a, b) => a.exact[80] - b.exact[80]).map(({ name }) => name)
  const lowest = order.slice(0, MOST_AT_A_GLANCE).flatMap((name) => (answer?.offers ?? []).filter((offer) => offer.name === name))
  return h(
    'nav',
    { class: 'glance', 'aria-label': 'Answer and numbers' },
    answer?.grade && h('span', { class: `pill ${answer.grade}`, style: ownStyle(colorOfBest(answer)) }, GRADE_WORDS[answer.grade]),
    h(
      'span',
      { class: 'budgets' },
      lowest.map(({ title, color, budgets }) => h('span', {}, swatch(color), `${title} ${shortly(budgets[80])}`)),
    ),
    h('a', { href: '#answer' }, 'Answer'),
    h('a', { href: '#form' }, 'Your numbers'),
  )
}

function Page({ store }: { readonly store: Store }): ComponentChild {
  const form = formOf(store.state.plan)
  const { answer, failure } = store.state
  // In the order of reading and of the keyboard: the form, the answer, what to do with both. Style sheets place the bar on top.
  return h(
    'div',
    { class: 'page' },
    h('a', { class: 'skip', href: '#answer' }, 'Skip to answer'),
    h(Glance, { store }),
    h('p', { class: 'told', role: 'status' }, store.state.told),
    h(
      'div',
      { class: 'columns' },
      h(PlanForm, { store, form }),
      answer
        ? h(AnswerView, { store, form, answer })
        : h(
            'main',
            { id: 'answer', class: 'answer', tabIndex: -1 },
            h('h1', {}, failure ? 'This plan cannot be run.' : 'The first answer is on its way.'),
            failure && h('p', { class: 'error', role: 'alert' }, failure),
          ),
    ),
    h(Bar, { store, form }),
    h(Dialogs, { store, form }),
  )
}

const dataOf = <T>(id: string): T | undefined => {
  const text = document.getElementById(id)?.textContent
  return text ? (JSON.parse(text) as T) : undefined
}

/** The plan that `billcast open` puts into the page, with its files. */
function planOfPage(): SharedPlan | undefined {
  const [plan, files] = [dataOf<string>('plan'), dataOf<FilesBeside>('files')]
  return plan === undefined ? undefined : { plan, ...(files && { files }) }
}

async function start(): Promise<void> {
  await nextTurn()
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no element root')
  const shared = await planOfLink(location.hash)
  const plan = shared ?? planOfPage() ?? { plan: FIRST_PLAN }
  const show = () => render(h(Page, { store }), root)
  const store = new Store(plan, show)
  const broken = (link: SharedPlan | undefined) =>
    !link && isPlanLink(location.hash) && store.tell('The link holds no plan that can be read. Some programs cut long links.')
  broken(shared)
  takeDrops(store)
  // The engine's start and the form are two tasks, so that neither keeps the page long.
  await nextTurn()
  // A link that is pasted over the address of the open page does not load it again.
  addEventListener('hashchange', async () => {
    const link = await planOfLink(location.hash)
    if (link) store.open(link)
    broken(link)
  })
  show()
}

void start()
