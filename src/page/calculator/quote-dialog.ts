// A quote in four questions.
import { type ComponentChild, h } from 'preact'
import { useState } from 'preact/hooks'
import { Choice } from './choice.ts'
import { changedPlan, countOf, type Form, freeOfferName, moneyOf, offerOf, type Quote } from './plan.ts'
import type { Store } from './store.ts'

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

const EMPTY = { vendor: '', price: '', actions: '', quantity: '', overage: '', minimum: '', seats: '', seat: '' }

type Meter = Quote['meter']
type Period = 'no' | 'month' | 'year'
type Fixed = 'neither' | 'minimum' | 'seats' | 'both'

const METERS: readonly (readonly [Meter, string])[] = [
  ['resolutions', 'Resolutions'],
  ['conversations', 'Conversations'],
  ['actions', 'Actions'],
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
  const actions = countOf(texts.actions)
  if (meter === 'actions' && (actions === undefined || actions <= 0)) return 'Enter the actions in a conversation, such as 4.'
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
    ...(meter === 'actions' && actions !== undefined && { actions }),
    ...(per !== 'no' && quantity !== undefined && overage !== undefined && { commitment: { quantity, per, overage } }),
    ...(withMinimum && minimum !== undefined && { minimum }),
    ...(withSeats && seats !== undefined && seat !== undefined && { seats: { count: seats, price: seat } }),
  }
}

export function QuoteForm({ store, form }: { readonly store: Store; readonly form: Form }): ComponentChild {
  const [texts, setTexts] = useState(EMPTY)
  const [meter, setMeter] = useState<Meter>('resolutions')
  const [per, setPer] = useState<Period>('no')
  const [fixed, setFixed] = useState<Fixed>('neither')
  const [missing, setMissing] = useState('')
  const field = (key: keyof typeof EMPTY, label: string) =>
    h(Amount, { id: `quote-${key}`, label, text: texts[key], take: (text) => setTexts({ ...texts, [key]: text }) })
  const unit = meter.replace(/s$/, '')
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
    field('price', `2. What is the price of ${unit === 'action' ? 'an' : 'a'} ${unit}? (${form.currency})`),
    meter === 'actions' && field('actions', 'Actions in one conversation'),
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
