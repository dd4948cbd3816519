// The offers as cards: what each charges, one month's invoice, and the segments that it is for.
import { type ComponentChild, h } from 'preact'
import { useState } from 'preact/hooks'
import { changer, type FormParts } from './fields.ts'
import type { OfferForm } from './plan.ts'
import type { OfferView } from './protocol.ts'
import { colorPlace } from '../../present/charts/theme.ts'
import { swatch } from '../swatch.ts'

function ServedSegments({ offer, parts }: { readonly offer: OfferForm; readonly parts: FormParts }): ComponentChild {
  const { segments } = parts.form
  if (segments.length === 0) return null
  const change = changer(parts.store)
  const names = segments.map(({ name }) => name)
  const { of = names } = offer
  const set = (name: string, serves: boolean) => {
    const left = names.filter((each) => (each === name ? serves : of.includes(each)))
    // An offer is for one segment at least.
    if (left.length > 0) change([['offers', offer.name, 'of'], left.length === names.length ? undefined : left])
  }
  return h(
    'fieldset',
    { class: 'served' },
    h('legend', {}, 'For'),
    names.map((name) =>
      h(
        'label',
        {},
        h('input', {
          type: 'checkbox',
          checked: of.includes(name),
          disabled: of.length === 1 && of[0] === name,
          onChange: (event: Event) => set(name, (event.currentTarget as HTMLInputElement).checked),
        }),
        name,
      ),
    ),
  )
}

/** The bill of the month: in one line how it comes about, and on request line by line. */
function Bill({ view, title, remove }: BillProps): ComponentChild {
  const [open, setOpen] = useState(false)
  const rows = view?.invoice.rows ?? []
  return [
    h(
      'p',
      { class: 'how' },
      h('span', {}, rows.map(({ brief }) => brief).join(' + ')),
      view &&
        h(
          'button',
          { class: 'link', 'aria-expanded': String(open), 'aria-label': `Why, ${title}`, onClick: () => setOpen(!open) },
          'Why',
        ),
      remove && h('button', { class: 'link', 'aria-label': `Remove ${title}`, onClick: remove }, 'Remove'),
    ),
    open &&
      h(
        'ul',
        {},
        rows.map(({ line, amount, why }) => h('li', {}, h('b', {}, `${line}: ${amount}`), ` ${why}`)),
      ),
  ]
}

interface BillProps {
  /** Absent until the first answer on the offer. */
  readonly view: OfferView | undefined
  readonly title: string
  /** Absent for the last offer of a plan. */
  readonly remove?: (() => void) | undefined
}

const PENCIL = h(
  'svg',
  { viewBox: '0 0 16 16', width: 13, height: 13, 'aria-hidden': 'true' },
  h('path', {
    d: 'M2 14l.8-3.4L11 2.4l2.6 2.6-8.2 8.2zM9.6 3.8l2.6 2.6',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': 1.5,
  }),
)

export function Offers(parts: FormParts): ComponentChild {
  const { store, form } = parts
  const { answer } = store.state
  const change = changer(store)
  const names = form.offers.map(({ name }) => name)
  return h(
    'section',
    { 'aria-labelledby': 'offers' },
    h('h2', { id: 'offers' }, 'Offers', h('span', {}, answer?.offers[0] ? `Invoice for ${answer.offers[0].invoice.month}` : '')),
    form.offers.length < 2 && h('p', { class: 'note' }, 'Add two quotes to compare.'),
    h(
      'div',
      { class: 'cards-of-offers' },
      form.offers.map((offer) => {
        const { name, title } = offer
        const view = answer?.offers.find((one) => one.name === name)
        return h(
          'article',
          { class: 'card', key: name },
          h(
            'h3',
            {},
            swatch(view ? view.color : colorPlace(names, name)),
            h('span', {}, view?.title ?? title, view?.source !== undefined && h('small', {}, ` ${view.source}`)),
            h(
              'button',
              { class: 'link pencil', 'aria-label': `Change ${title}`, title: 'Change', onClick: () => store.reopen(name) },
              PENCIL,
            ),
            view && h('b', {}, view.invoice.total),
          ),
          view?.words.split('\n').map((line) => h('p', { class: 'charges' }, line)),
          h(ServedSegments, { offer, parts }),
          h(Bill, { view, title, remove: form.offers.length > 1 ? () => change([['offers', name], undefined]) : undefined }),
        )
      }),
    ),
    h(
      'div',
      { class: 'pair' },
      h('button', { onClick: () => store.show('catalog') }, '+ From the catalog'),
      h('button', { onClick: () => store.show('quote') }, '+ Type my quote'),
    ),
  )
}
