// The dialogs: the catalog, a quote in four questions, the whole plan, sharing, and the command line.
import { type ComponentChild, h } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Choice } from './choice.ts'
import { HistoryDialog } from './history-dialog.ts'
import { changedPlan, countOf, type Form, formOf, freeOfferName, moneyOf, offerOf, type Quote } from './plan.ts'
import { linkOf } from './share.ts'
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
  command: 'Run it on the command line',
} as const

export function Dialogs({ store, form }: Opened): ComponentChild {
  const { dialog } = store.state
  const holder = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    // The browser keeps the focus inside, and gives it back.
    if (dialog && holder.current && !holder.current.open) holder.current.showModal()
  }, [dialog])
  if (!dialog) return null
  const Body = { catalog: Catalog, quote: QuoteForm, history: HistoryDialog, plan: WholePlan, share: Share, command: Command }[
    dialog
  ]
  return h(
    'dialog',
    { ref: holder, 'aria-labelledby': 'dialog-title', onClose: () => store.show(undefined) },
    h(
      'div',
      { class: 'dialog-head' },
      h('h2', { id: 'dialog-title' }, TITLES[dialog]),
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

function Amount({
  id,
  label,
  text,
  take,
}: {
  readonly id: string
  readonly label: string
  readonly text: string
  readonly take: (text: string) => void
}): ComponentChild {
  return h(
    'label',
    { class: 'field', for: id },
    h('span', {}, label),
    h('input', {
      id,
      value: text,
      inputMode: 'decimal',
      autocomplete: 'off',
      onInput: (event: Event) => take((event.currentTarget as HTMLInputElement).value),
    }),
  )
}

const EMPTY = { vendor: '', price: '', quantity: '', overage: '', minimum: '', seats: '', seat: '' }

type Meter = Quote['meter']
type Period = 'no' | 'month' | 'year'
type Fixed = 'neither' | 'minimum' | 'seats' | 'both'

const METERS: readonly (readonly [Meter, string])[] = [
  ['resolutions', 'Resolutions'],
  ['conversations', 'Conversations'],
]
const PERIODS: readonly (readonly [Period, string])[] = [
  ['no', 'No'],
  ['month', 'Every month'],
  ['year', 'Every year'],
]
const FIXED: readonly (readonly [Fixed, string])[] = [
  ['neither', 'Neither'],
  ['minimum', 'Minimum'],
  ['seats', 'Seats'],
  ['both', 'Both'],
]

const hasMinimum = (fixed: Fixed): boolean => fixed === 'minimum' || fixed === 'both'
const hasSeats = (fixed: Fixed): boolean => fixed === 'seats' || fixed === 'both'

/** The quote that the texts state, or what is missing. */
function quoteOf(texts: typeof EMPTY, meter: Meter, per: Period, fixed: Fixed): Quote | string {
  const price = moneyOf(texts.price)
  if (texts.vendor.trim() === '') return 'Name the vendor.'
  if (price === undefined) return 'Enter the price, such as 0.88.'
  const [quantity, overage] = [countOf(texts.quantity), moneyOf(texts.overage)]
  if (per !== 'no' && (quantity === undefined || overage === undefined))
    return 'Enter the committed quantity, such as 30000, and the price beyond it.'
  const minimum = moneyOf(texts.minimum) ?? countOf(texts.minimum)
  const [seats, seat] = [countOf(texts.seats), moneyOf(texts.seat)]
  const [withMinimum, withSeats] = [hasMinimum(fixed), hasSeats(fixed)]
  if (withMinimum && minimum === undefined) return 'Enter the minimum bill of a year, such as 30000.'
  if (withSeats && (seats === undefined || seat === undefined)) return 'Enter the number of seats and the price of a seat a month.'
  return {
    ...{ vendor: texts.vendor.trim(), meter, price },
    ...(per !== 'no' && quantity !== undefined && overage !== undefined && { commitment: { quantity, per, overage } }),
    ...(withMinimum && minimum !== undefined && { minimum }),
    ...(withSeats && seats !== undefined && seat !== undefined && { seats: { count: seats, price: seat } }),
  }
}

function QuoteForm({ store, form }: Opened): ComponentChild {
  const [texts, setTexts] = useState(EMPTY)
  const [meter, setMeter] = useState<Meter>('resolutions')
  const [per, setPer] = useState<Period>('no')
  const [fixed, setFixed] = useState<Fixed>('neither')
  const [missing, setMissing] = useState('')
  const field = (key: keyof typeof EMPTY, label: string) =>
    h(Amount, { id: `quote-${key}`, label, text: texts[key], take: (text) => setTexts({ ...texts, [key]: text }) })
  const unit = meter === 'resolutions' ? 'resolution' : 'conversation'
  const add = (event: Event) => {
    event.preventDefault()
    const quote = quoteOf(texts, meter, per, fixed)
    if (typeof quote === 'string') return setMissing(quote)
    store.edit(changedPlan(store.state.plan, [[['offers', freeOfferName(quote.vendor, form)], offerOf(quote)]]))
    store.show(undefined)
  }
  return h(
    'form',
    { class: 'quote', onSubmit: add },
    field('vendor', 'Vendor'),
    h(Choice<Meter>, {
      name: 'meter',
      legend: '1. What do you pay for?',
      options: METERS,
      value: meter,
      take: setMeter,
    }),
    field('price', `2. What is the price of a ${unit}? (${form.currency})`),
    h(Choice<Period>, {
      name: 'per',
      legend: '3. Do you commit to a quantity?',
      options: PERIODS,
      value: per,
      take: setPer,
    }),
    per !== 'no' && h('div', { class: 'pair' }, field('quantity', `${meter} a ${per}`), field('overage', `then, for each ${unit}`)),
    h(Choice<Fixed>, {
      name: 'fixed',
      legend: '4. Is there a minimum bill, or seats?',
      options: FIXED,
      value: fixed,
      take: setFixed,
    }),
    hasMinimum(fixed) && field('minimum', 'Minimum bill a year'),
    hasSeats(fixed) && h('div', { class: 'pair' }, field('seats', 'Seats'), field('seat', 'A seat a month')),
    missing !== '' && h('p', { class: 'error', role: 'alert' }, missing),
    h('button', { class: 'main', type: 'submit' }, 'Add this quote'),
  )
}

function WholePlan({ store }: Opened): ComponentChild {
  const [text, setText] = useState(store.state.plan)
  return h(
    'div',
    {},
    h('p', { class: 'note' }, 'YAML, as the command line reads it. The form keeps all that it does not show.'),
    h('textarea', {
      'aria-label': 'Plan in YAML',
      spellcheck: false,
      rows: 20,
      value: text,
      onInput: (event: Event) => setText((event.currentTarget as HTMLTextAreaElement).value),
    }),
    h(
      'button',
      {
        class: 'main',
        onClick: () => {
          store.edit(text)
          store.show(undefined)
        },
      },
      'Use this plan',
    ),
  )
}

function Share({ store }: Opened): ComponentChild {
  const [link, setLink] = useState('')
  useEffect(() => {
    void linkOf(store.state.plan, location.href).then(setLink)
  }, [])
  return h(
    'div',
    {},
    h(
      'p',
      {},
      h('b', {}, 'The link holds the whole plan, prices too.'),
      ' Everyone who has the link can read them. Nothing is sent when you copy it.',
    ),
    h(
      'label',
      { class: 'field', for: 'link' },
      h('span', {}, 'Link'),
      h('input', {
        id: 'link',
        readOnly: true,
        value: link,
        onFocus: (event: Event) => (event.currentTarget as HTMLInputElement).select(),
      }),
    ),
  )
}

function Command({ form }: Opened): ComponentChild {
  return h(
    'div',
    {},
    h('p', {}, 'Export the plan as YAML, and run it beside the file:'),
    h('pre', { tabIndex: 0 }, `npx billcast run ${fileNameOf(form)}`),
    h('p', { class: 'note' }, 'It gives the figures of this page to the last bit.'),
  )
}

export const fileNameOf = ({ name }: Form): string => `${freeOfferName(name, formOf(''))}.yaml`
