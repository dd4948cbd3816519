// The dialogs, and a short one: the catalog.
import { type ComponentChild, h } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { EmailsDialog } from './emails-dialog.ts'
import { ExportDialog } from './export-dialog.ts'
import { HistoryDialog } from './history-dialog.ts'
import { WholePlan } from './plan-dialog.ts'
import { changedPlan, type Form, freeOfferName } from './plan.ts'
import { QuoteForm } from './quote/dialog.ts'
import { ShareDialog } from './share-dialog.ts'
import type { Store } from './store.ts'

interface Opened {
  readonly store: Store
  readonly form: Form
}

const TITLES = {
  catalog: 'From the catalog',
  quote: 'Type my quote',
  history: 'Past months',
  plan: 'The whole plan',
  share: 'Share by a link',
  export: 'Export',
  emails: 'Questions to vendors',
} as const

const BODIES = {
  catalog: Catalog,
  quote: QuoteForm,
  history: HistoryDialog,
  plan: WholePlan,
  share: ShareDialog,
  export: ExportDialog,
  emails: EmailsDialog,
} as const

export function Dialogs({ store, form }: Opened): ComponentChild {
  const { dialog } = store.state
  const holder = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (!dialog || !holder.current || holder.current.open) return undefined
    const before = document.activeElement
    // The browser keeps the focus inside. It gives it back only if the dialog is closed before it leaves the page.
    holder.current.showModal()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [dialog])
  if (!dialog) return null
  const Body = BODIES[dialog]
  return h(
    'dialog',
    { ref: holder, 'aria-labelledby': 'dialog-title', onClose: () => store.show(undefined) },
    h(
      'div',
      { class: 'dialog-head' },
      h('h2', { id: 'dialog-title' }, dialog === 'quote' && store.state.reopened ? 'Change this quote' : TITLES[dialog]),
      h('button', { 'aria-label': 'Close', onClick: () => holder.current?.close() }, '×'),
    ),
    h(Body, { store, form }),
  )
}

function Catalog({ store, form }: Opened): ComponentChild {
  const [words, setWords] = useState('')
  const offers = store.state.catalog
  const sought = words.trim().toLowerCase()
  const found = offers.filter(({ name, title, vendor }) => `${name} ${title} ${vendor}`.toLowerCase().includes(sought))
  return h(
    'div',
    {},
    h(
      'label',
      { class: 'field', for: 'words' },
      h('span', {}, 'Vendor or product'),
      h('input', {
        id: 'words',
        value: words,
        onInput: (event: Event) => setWords((event.currentTarget as HTMLInputElement).value),
      }),
    ),
    h(
      'ul',
      { class: 'catalog' },
      found.map(({ name, title, vendor, sources }) =>
        h(
          'li',
          { key: name },
          h(
            'button',
            {
              onClick: () => {
                store.edit(changedPlan(store.state.plan, [[['offers', freeOfferName(name, form)], { catalog: name, title }]]))
                store.show(undefined)
              },
            },
            h('b', {}, title),
            ` ${vendor}`,
          ),
          sources[0]?.from.url !== undefined &&
            h('a', { href: sources[0].from.url, target: '_blank', rel: 'noreferrer' }, `${sources[0].from.title}`),
        ),
      ),
    ),
    found.length === 0 && h('p', {}, 'The catalog has no such offer. Type your quote instead.'),
  )
}
