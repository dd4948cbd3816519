// A quote in four questions, with its invoice beside them.
import { type ComponentChild, h } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Choice } from '../choice.ts'
import { changedPlan, type Form, freeOfferName } from '../plan.ts'
import type { Store } from '../store.ts'
import { VendorHints } from './hints.ts'
import { typedOf } from './retyped.ts'
import { savedQuote } from './saved.ts'
import { offerOf, type Often, type Pricing, type Quote } from './offer.ts'
import { type Pane, QuotePane, turnOf } from './pane.ts'
import {
  asksMinimum,
  asksSeats,
  type Choices,
  type FieldKey,
  FIRST_CHOICES,
  type Fixed,
  hasSeveral,
  hasTiers,
  billsUse,
  NO_TEXTS,
  type Pays,
  readQuote,
  type Texts,
  tiersPer,
  UNITS,
  withMinimum,
  withSeats,
} from './texts.ts'

const PAYS: readonly (readonly [Pays, string])[] = [
  ['resolutions', 'Resolutions'],
  ['conversations', 'Conversations'],
  ['actions', 'Actions'],
  ['messages', 'Messages'],
  ['minutes', 'Minutes'],
  ['plan', 'A plan'],
  ['seats', 'Seats only'],
  ['fee', 'A flat fee'],
]
/** What the choices mean, where a word does not say it. */
const PAYS_NOTES: Partial<Record<Pays, string>> = {
  conversations: 'Every conversation of the AI, resolved or not.',
  plan: 'A fee a month with some use in it, and a price beyond it.',
  seats: 'The AI is part of the seats of your team.',
  fee: 'One amount, whatever you use.',
}
const PRICINGS: readonly (readonly [Pricing['kind'], string])[] = [
  ['each', 'Each'],
  ['pack', 'In packs'],
  ['graduated', 'In tiers'],
  ['volume', 'By volume'],
]
const PRICING_NOTES: Partial<Record<Pricing['kind'], string>> = {
  pack: 'Each pack that you start is billed whole.',
  graduated: 'Each slice has its own price.',
  volume: 'All units have the price that the quantity reaches.',
}
const PERIODS: readonly (readonly [Choices['per'], string])[] = [
  ['no', 'No'],
  ['month', 'Every month'],
  ['year', 'Every year'],
]
const BEYOND: readonly (readonly [Choices['beyond'], string])[] = [
  ['each', 'Each'],
  ['pack', 'In packs'],
]
const OFTEN: readonly (readonly [Often, string])[] = [
  ['month', 'A month'],
  ['year', 'A year'],
]
const COUNTS: readonly (readonly [Choices['counts'], string])[] = [
  ['tickets', 'Tickets'],
  ['conversations', 'Conversations'],
  ['resolutions', 'Resolutions'],
]
const FIXED: readonly (readonly [Fixed, string])[] = [
  ['neither', 'Neither'],
  ['minimum', 'Minimum'],
  ['seats', 'Seats'],
  ['both', 'Both'],
]
const WITH_SEATS: readonly (readonly [Fixed, string])[] = [
  ['neither', 'No'],
  ['seats', 'Seats'],
]

interface Asked {
  readonly choices: Choices
  readonly currency: string
  readonly choose: (part: Partial<Choices>) => void
  /** A field with its label, and the error below it. */
  readonly field: (key: FieldKey, label: string, unit?: string) => ComponentChild
}

const pair = (...fields: readonly ComponentChild[]): ComponentChild => h('div', { class: 'pair' }, fields)
const note = (text: string | undefined): ComponentChild => text !== undefined && h('p', { class: 'note' }, text)

function Pay({ choices, choose }: Asked): ComponentChild {
  return [
    h(Choice<Pays>, {
      name: 'pays',
      legend: '1. What do you pay for?',
      options: PAYS,
      value: choices.pays,
      take: (pays) => choose({ pays, ...(!asksMinimum({ ...choices, pays }) && { fixed: 'neither' }) }),
    }),
    note(PAYS_NOTES[choices.pays]),
  ]
}

function Price(asked: Asked): ComponentChild {
  const { choices, choose, field, currency } = asked
  const { pays, pricing } = choices
  const legend = '2. What is the price?'
  if (pays === 'seats') return [h('p', { class: 'question' }, '2. How many seats, at what price?'), seatFields(asked)]
  if (pays === 'fee')
    return [
      h(Choice<Often>, { name: 'fee-per', legend, options: OFTEN, value: choices.feePer, take: (feePer) => choose({ feePer }) }),
      field('fee', `Fee of a ${choices.feePer}`, currency),
    ]
  if (!billsUse(pays))
    return [
      h(Choice<Choices['counts']>, {
        ...{ name: 'counts', legend: '2. What does the plan cover, and at what price?', options: COUNTS },
        ...{ value: choices.counts, take: (counts: Choices['counts']) => choose({ counts }) },
      }),
      pair(field('fee', 'Fee of a month', currency), field('included', 'Covers', 'a month')),
      h(Choice<Choices['beyond']>, {
        ...{ name: 'beyond', legend: 'How is more than that billed?', options: BEYOND },
        ...{ value: choices.beyond, take: (beyond: Choices['beyond']) => choose({ beyond }) },
      }),
      choices.beyond === 'pack'
        ? pair(field('beyond', 'Then the price of a pack', currency), field('pack', 'Pack', choices.counts))
        : field('beyond', `Then the price of ${UNITS[choices.counts]}`, currency),
    ]
  const unit = UNITS[pays]
  return [
    h(Choice<Pricing['kind']>, {
      name: 'pricing',
      legend,
      options: PRICINGS,
      value: pricing,
      take: (kind) => choose({ pricing: kind }),
    }),
    note(PRICING_NOTES[pricing]),
    pricing === 'each' && field('price', `Price of ${unit}`, currency),
    pricing === 'pack' && pair(field('price', 'Price of a pack', currency), field('pack', 'Pack', pays)),
    (pricing === 'graduated' || pricing === 'volume') && [
      pair(field('to0', 'Up to', `a ${tiersPer(choices)}`), field('price0', `Price of ${unit}`, currency)),
      pair(field('to1', 'Up to', 'if there are three'), field('price1', 'Then', currency)),
      pair(h('span', {}), field('price2', 'Then', 'if there are three')),
    ],
    hasSeveral(pays) && field('each', `${pays.charAt(0).toUpperCase()}${pays.slice(1)} in one conversation`, 'on average'),
  ]
}

const seatFields = ({ field, currency }: Asked): ComponentChild =>
  pair(field('seats', 'Seats'), field('seat', 'A seat a month', currency))

/** What happens to units that are not used, and what those beyond the commitment cost where no field asks for it. */
function commitmentNote(choices: Choices, pays: string, per: Often): string {
  const lost = `Unused ${pays} are lost at the end of each ${per}.`
  if (choices.pricing === 'graduated') return `${lost} Beyond the commitment, the tiers go on.`
  if (choices.pricing === 'volume') return `${lost} The committed quantity has the price that it reaches, also if you use less.`
  return choices.pricing === 'pack' ? `${lost} Beyond the commitment, each pack that you start in a month is billed whole.` : lost
}

function Commitment({ choices, choose, field, currency }: Asked): ComponentChild {
  const { pays, per } = choices
  if (!billsUse(pays)) return null
  const packs = choices.pricing === 'pack'
  const unit = packs ? 'a pack' : UNITS[pays]
  const committed = field('quantity', 'Committed', `${packs ? 'packs ' : ''}a ${per}`)
  return [
    h(Choice<Choices['per']>, {
      ...{ name: 'per', legend: '3. Do you commit to a quantity?', options: PERIODS },
      ...{ value: per, take: (often: Choices['per']) => choose({ per: often }) },
    }),
    per !== 'no' && [
      hasTiers(choices) ? committed : pair(committed, field('overage', `Then the price of ${unit}`, currency)),
      note(commitmentNote(choices, pays, per)),
    ],
  ]
}

function FixedParts(asked: Asked): ComponentChild {
  const { choices, choose, field, currency } = asked
  if (!asksSeats(choices)) return null
  const minimum = asksMinimum(choices)
  return [
    h(Choice<Fixed>, {
      name: 'fixed',
      legend: minimum ? '4. Is there a minimum bill, or seats?' : '3. Are there seats too?',
      options: minimum ? FIXED : WITH_SEATS,
      value: choices.fixed,
      take: (fixed) => choose({ fixed }),
    }),
    withMinimum(choices) && [
      pair(
        field('minimum', 'Minimum bill', currency),
        h(Choice<Often>, {
          ...{ name: 'minimum-per', legend: 'Due for', options: OFTEN, value: choices.minimumPer },
          take: (minimumPer) => choose({ minimumPer }),
        }),
      ),
      withSeats(choices) && note('Seats come on top of the minimum.'),
    ],
    withSeats(choices) && seatFields(asked),
  ]
}

interface FieldProps {
  readonly id: string
  readonly label: string
  readonly unit: string
  readonly text: string
  readonly fault: string | undefined
  readonly first: boolean
  readonly take: (text: string) => void
  readonly leave: () => void
}

function Field({ id, label, unit, text, fault, first, take, leave }: FieldProps): ComponentChild {
  return h(
    'div',
    { class: 'field' },
    h('label', { for: id }, label),
    h(
      'span',
      { class: 'box' },
      h('input', {
        ...{ id, value: text, autocomplete: 'off', autofocus: first },
        ...(!first && { inputMode: 'decimal' }),
        ...(fault !== undefined && { 'aria-invalid': 'true', 'aria-describedby': `${id}-fault` }),
        onInput: (event: Event) => take((event.currentTarget as HTMLInputElement).value),
        onBlur: leave,
      }),
      unit !== '' && h('span', { class: 'unit' }, unit),
    ),
    fault !== undefined && h('p', { class: 'error', id: `${id}-fault` }, fault),
  )
}

/** Where a quote goes: into an offer of its own, or into that which it was read from. */
interface QuotePlace {
  readonly name: (quote: Quote) => string
  readonly plan: (quote: Quote) => string
  /** The place in the plan. */
  readonly color: number
}

function placeOf({ state }: Store, form: Form): QuotePlace {
  const { plan, reopened } = state
  if (reopened && 'quote' in reopened.found) {
    const { offer, found } = reopened
    return {
      name: () => offer,
      plan: (quote) => savedQuote(plan, offer, found, quote),
      color: form.offers.findIndex(({ name }) => name === offer),
    }
  }
  const name = ({ vendor }: Quote) => freeOfferName(vendor, form)
  return {
    name,
    plan: (quote) => changedPlan(plan, [[['offers', name(quote)], offerOf(quote)]]),
    color: form.offers.length,
  }
}

/** The invoice of a quote, which follows what is typed. */
function usePane(store: Store, place: QuotePlace, quote: Quote | undefined, month: number): Pane {
  const [pane, setPane] = useState<Pane>({})
  useEffect(() => {
    if (!quote) return
    const name = place.name(quote)
    const plan = place.plan(quote)
    const turn = turnOf(quote)?.quantity
    store.quote(plan, { offer: name, month, ...(turn !== undefined && { turn }) }, (reply) =>
      setPane((before) => {
        if ('failure' in reply) return { failure: reply.failure }
        const { failure: _, ...kept } = before
        return 'bill' in reply ? { ...kept, bill: reply.bill, billed: quote } : { ...kept, year: reply.year }
      }),
    )
  }, [JSON.stringify(quote), month])
  return pane
}

/** Milliseconds of a click. An error that came at once would move what is clicked from under the pointer. */
const CLICK = 300

const KEPT_NOTE = 'What no question asks for stays as it is.'

/** The month that the cards of offers show, too. */
const FIRST_MONTH = 5

export function QuoteForm({ store, form }: { readonly store: Store; readonly form: Form }): ComponentChild {
  const { reopened } = store.state
  const before = reopened && 'quote' in reopened.found ? reopened.found : undefined
  const [first] = useState(() => (before ? typedOf(before.quote) : { texts: NO_TEXTS, choices: FIRST_CHOICES }))
  const [texts, setTexts] = useState<Texts>(first.texts)
  const [choices, setChoices] = useState(first.choices)
  const place = placeOf(store, form)
  const currency = typeof before?.offer.currency === 'string' ? before.offer.currency : form.currency
  const [left, setLeft] = useState<ReadonlySet<FieldKey>>(new Set())
  const [sent, setSent] = useState(false)
  const [month, setMonth] = useState(FIRST_MONTH)
  const read = readQuote(texts, choices)
  const faults = 'faults' in read ? read.faults : {}
  // The name of the vendor changes no bill.
  const named = readQuote({ ...texts, vendor: texts.vendor.trim() || 'This quote' }, choices)
  const quote = 'quote' in named ? named.quote : undefined
  const pane = usePane(store, place, quote, month)
  // An empty field is no error before the user is done with it.
  const shown = (key: FieldKey) => (sent || (left.has(key) && texts[key].trim() !== '') ? faults[key] : undefined)
  const field = (key: FieldKey, label: string, unit = '') =>
    h(Field, {
      ...{ key, id: `quote-${key}`, label, unit, text: texts[key], fault: shown(key), first: key === 'vendor' },
      take: (text) => setTexts({ ...texts, [key]: text }),
      leave: () => setTimeout(() => setLeft((before) => new Set([...before, key])), CLICK),
    })
  const asked: Asked = {
    ...{ choices, currency, field },
    choose: (part) => setChoices({ ...choices, ...part }),
  }
  const add = (event: Event) => {
    event.preventDefault()
    setSent(true)
    if ('faults' in read) {
      const [wrong] = Object.keys(read.faults)
      document.getElementById(`quote-${wrong}`)?.focus()
      return
    }
    store.edit(place.plan(read.quote))
    store.show(undefined)
  }
  return h(
    'form',
    { class: 'quote', onSubmit: add, noValidate: true },
    h(
      'div',
      { class: 'asks' },
      h('div', {}, field('vendor', 'Vendor'), h(VendorHints, { store, vendor: texts.vendor })),
      [Pay, Price, Commitment, FixedParts].map((Question) => h('div', {}, h(Question, asked))),
    ),
    h(QuotePane, { pane, complete: quote !== undefined, color: place.color, takeMonth: setMonth }),
    h(
      'div',
      { class: 'actions' },
      h('span', { class: 'note' }, before ? KEPT_NOTE : 'You can change every field later.'),
      h('button', { type: 'button', onClick: () => store.show(undefined) }, 'Cancel'),
      h(
        'button',
        { class: 'main', type: 'submit' },
        `${before ? 'Save' : 'Add'} ${texts.vendor.split(',')[0].trim() || 'this quote'}`,
      ),
    ),
  )
}
