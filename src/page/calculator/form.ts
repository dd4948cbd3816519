// The form: volume, rate, team and measure. Each control writes one field of the plan.
import { type ComponentChild, h } from 'preact'
import type { CatalogOffer } from '../../contract/catalog/list.ts'
import { formatNumber } from '../../notation/number.ts'
import { Choice } from './choice.ts'
import { openHistory } from './history-dialog.ts'
import { type FieldChange, changedPlan, countOf, type Form, moneyOf } from './plan.ts'
import type { Store } from './store.ts'
import { swatch } from './swatch.ts'

const NOISES = [4, 8, 16] as const
const [LOWEST, HIGHEST] = [20, 95] as const

interface Parts {
  readonly store: Store
  readonly form: Form
}

/** Where the form cannot show a value, it says where the value stands. */
const elsewhere = (what: string, { store }: Parts): ComponentChild =>
  h(
    'p',
    { class: 'note' },
    `The plan states ${what} in another way. `,
    h('button', { class: 'link', onClick: () => store.show('plan') }, 'Open the whole plan'),
  )

function changer(store: Store): (...changes: readonly FieldChange[]) => void {
  return (...changes) => store.edit(changedPlan(store.state.plan, changes))
}

interface FieldProps {
  readonly id: string
  readonly label: string
  readonly text: string
  readonly unit: string
  /** Nothing for a text that is no such number. */
  readonly read: (text: string) => number | undefined
  readonly take: (value: number) => void
}

function Field({ id, label, text, unit, read, take }: FieldProps): ComponentChild {
  return h(
    'label',
    { class: 'field', for: id },
    h('span', {}, label),
    h(
      'span',
      { class: 'box' },
      h('input', {
        id,
        value: text,
        inputMode: 'decimal',
        autocomplete: 'off',
        onChange: (event: Event) => {
          const input = event.currentTarget as HTMLInputElement
          const value = read(input.value)
          input.setCustomValidity(value === undefined ? `Enter a number, such as ${text}` : '')
          if (value === undefined) input.reportValidity()
          else take(value)
        },
      }),
      h('span', { class: 'unit' }, unit),
    ),
  )
}

function Volume(parts: Parts): ComponentChild {
  const { store, form } = parts
  const change = changer(store)
  const { volume, noise } = form
  return h(
    'section',
    { 'aria-labelledby': 'volume' },
    h('h2', { id: 'volume' }, 'Volume'),
    volume === undefined
      ? elsewhere('the volume', parts)
      : h(Field, {
          ...{ id: 'conversations', label: 'Conversations a month', text: formatNumber(volume), unit: 'on average' },
          read: (text) => {
            const value = countOf(text)
            return value !== undefined && value > 0 ? value : undefined
          },
          take: (value) => change([['conversations', 'base'], value]),
        }),
    h(
      'fieldset',
      { class: 'chips' },
      h('legend', {}, 'How sure?'),
      NOISES.map((percent) =>
        h(
          'label',
          { class: noise === percent ? 'chip on' : 'chip' },
          h('input', {
            type: 'radio',
            name: 'noise',
            checked: noise === percent,
            onChange: () => change([['conversations', 'noise', 'cv'], `${percent}%`]),
          }),
          `±${percent}%`,
        ),
      ),
    ),
    h('p', { class: 'note' }, 'How far a month usually lies from the average.'),
    h(
      'label',
      { class: 'drop' },
      h('input', {
        type: 'file',
        accept: '.csv,text/csv',
        onChange: (event: Event) => {
          const input = event.currentTarget as HTMLInputElement
          if (input.files?.[0]) void openHistory(input.files[0], store)
          // The same file can be chosen again.
          input.value = ''
        },
      }),
      'Drop a CSV of past months',
    ),
  )
}

interface Claim {
  readonly by: 'vendor' | 'customer' | 'independent'
  readonly low: number
  readonly high: number
  readonly title: string
  readonly address: string
}

const GROUPS = [
  { by: 'vendor', label: 'Vendor' },
  { by: 'customer', label: 'Customers' },
  { by: 'independent', label: 'Independent' },
] as const

/** The offer of the catalog that an offer of the plan is, by its reference or by its name. */
const known = ({ offers }: Form, catalog: readonly CatalogOffer[]) =>
  catalog.find(({ name }) => offers.some((offer) => offer.catalog === name || (offer.catalog === undefined && offer.name === name)))

function claimsOf(
  form: Form,
  catalog: readonly CatalogOffer[],
): { readonly title: string; readonly claims: readonly Claim[] } | undefined {
  const found = known(form, catalog)
  const claims = (found?.rates ?? []).flatMap(({ rate, by, from }): Claim[] => {
    const numbers = [...rate.matchAll(/\d+(?:\.\d+)?/g)].map(([text]) => Number(text))
    if (numbers.length === 0) return []
    return [{ by, low: numbers[0], high: numbers[numbers.length - 1], title: from.title, address: from.url ?? '' }]
  })
  return found && claims.length > 0 ? { title: found.title, claims } : undefined
}

const place = (percent: number) => `${(100 * (percent - LOWEST)) / (HIGHEST - LOWEST)}%`

function Rate(parts: Parts): ComponentChild {
  const { store, form } = parts
  const { rate } = form
  const reported = claimsOf(form, store.state.catalog)
  const thumb = (which: 0 | 1, [low, high]: readonly [number, number]) =>
    h('input', {
      type: 'range',
      min: LOWEST,
      max: HIGHEST,
      step: 1,
      value: which === 0 ? low : high,
      'aria-label': `Resolution rate at the start, ${which === 0 ? 'low' : 'high'} end`,
      'aria-valuetext': `${which === 0 ? low : high}%`,
      onInput: (event: Event) => {
        const input = event.currentTarget as HTMLInputElement
        // Thumbs cannot cross.
        const value = which === 0 ? Math.min(input.valueAsNumber, high - 1) : Math.max(input.valueAsNumber, low + 1)
        input.value = String(value)
        const [from, to] = which === 0 ? [value, high] : [low, value]
        store.edit(changedPlan(store.state.plan, [[['resolution', 'rate'], `${from}% to ${to}%`]]), input.dataset.moving === 'yes')
        input.dataset.moving = 'yes'
      },
      onChange: (event: Event) => {
        delete (event.currentTarget as HTMLInputElement).dataset.moving
      },
    })
  return h(
    'section',
    { 'aria-labelledby': 'rate' },
    h(
      'h2',
      { id: 'rate' },
      'Resolution rate at the start',
      h('b', {}, rate ? (rate[0] === rate[1] ? `${rate[0]}%` : `${rate[0]}% to ${rate[1]}%`) : ''),
    ),
    rate === undefined
      ? elsewhere('the rate', parts)
      : h(
          'div',
          { class: 'rates' },
          reported &&
            GROUPS.map(({ by, label }) =>
              h(
                'div',
                { class: 'claims' },
                h('span', {}, label),
                h(
                  'div',
                  { 'aria-hidden': 'true' },
                  h('i', { class: 'yours', style: `left:${place(rate[0])};right:calc(100% - ${place(rate[1])})` }),
                  reported.claims
                    .filter((claim) => claim.by === by)
                    .map(({ low, high }) =>
                      h('i', {
                        class: low === high ? by : 'span',
                        style: `left:${place(low)}${low === high ? '' : `;right:calc(100% - ${place(high)})`}`,
                      }),
                    ),
                ),
              ),
            ),
          h('div', { class: 'claims two' }, h('span', {}, 'You'), h('div', {}, thumb(0, rate), thumb(1, rate))),
          h(
            'div',
            { class: 'claims scale', 'aria-hidden': 'true' },
            h('span', {}),
            h(
              'div',
              {},
              [20, 40, 60, 80].map((at) => h('em', { style: `left:${place(at)}` }, `${at}%`)),
            ),
          ),
        ),
    reported && h(Reports, reported),
    h(More, parts),
  )
}

function Reports({ title, claims }: { readonly title: string; readonly claims: readonly Claim[] }): ComponentChild {
  const said = GROUPS.flatMap(({ by, label }) => {
    const own = claims.filter((claim) => claim.by === by)
    return own.length === 0
      ? []
      : [`${label.toLowerCase()} ${own.map(({ low, high }) => (low === high ? `${low}%` : `${low}% to ${high}%`)).join(', ')}`]
  })
  const sources = [...new Map(claims.map((claim) => [claim.title, claim])).values()]
  return h(
    'p',
    { class: 'note' },
    `Reports for ${title}: ${said.join('; ')}. Sources: `,
    sources.map((source, k) => [
      k > 0 && ', ',
      source.address === '' ? source.title : h('a', { href: source.address, rel: 'noreferrer', target: '_blank' }, source.title),
    ]),
    '.',
  )
}

function More({ store, form }: Parts): ComponentChild {
  const change = changer(store)
  const number = (text: string) => countOf(text.replace(/%|points?|pt/g, ''))
  const { improvement, ceiling } = form
  return h(
    'div',
    { class: 'pair' },
    improvement !== undefined &&
      h(Field, {
        ...{
          id: 'improvement',
          label: 'Rises by',
          text: String(improvement),
          unit: improvement === 1 ? 'point a month' : 'points a month',
        },
        read: number,
        take: (value) => change([['resolution', 'improvement'], `${value}pt/month`]),
      }),
    ceiling !== undefined &&
      h(Field, {
        ...{ id: 'ceiling', label: 'Ceiling', text: String(ceiling), unit: '%' },
        read: number,
        take: (value) => change([['resolution', 'ceiling'], `${value}%`]),
      }),
  )
}

const MEASURES = [
  ['bill', 'Vendor bill'],
  ['total', 'Total cost'],
] as const

function Team(parts: Parts): ComponentChild {
  const { store, form } = parts
  const change = changer(store)
  return h(
    'section',
    { 'aria-labelledby': 'team' },
    h('h2', { id: 'team' }, 'Your team'),
    form.contact === undefined
      ? elsewhere('what people cost', parts)
      : h(Field, {
          ...{
            id: 'contact',
            label: 'A contact that a person handles',
            text: form.contact.toFixed(2),
            unit: `${form.currency} a contact`,
          },
          read: moneyOf,
          take: (value) => change([['human', 'cost'], value]),
        }),
    h(Choice<Form['measure']>, {
      name: 'measure',
      legend: 'Compare by',
      options: MEASURES,
      value: form.measure,
      take: (measure) => change([['run', 'measure'], measure]),
    }),
  )
}

function Offers({ store, form }: Parts): ComponentChild {
  const { answer } = store.state
  return h(
    'section',
    { 'aria-labelledby': 'offers' },
    h('h2', { id: 'offers' }, 'Offers', h('span', {}, answer?.offers[0] ? `Invoice for ${answer.offers[0].invoice.month}` : '')),
    form.offers.length < 2 && h('p', { class: 'note' }, 'Add two quotes to compare.'),
    form.offers.map(({ name, title }, k) => {
      const view = answer?.offers.find((offer) => offer.name === name)
      return h(
        'article',
        { class: 'card', key: name },
        h('h3', {}, swatch(k), title, view && h('b', {}, view.invoice.total)),
        view &&
          h(
            'details',
            {},
            h('summary', {}, 'Why'),
            h(
              'ul',
              {},
              view.invoice.rows.map(({ line, amount, why }) => h('li', {}, h('b', {}, `${line}: ${amount}`), ` ${why}`)),
            ),
          ),
        form.offers.length > 1 &&
          h(
            'button',
            {
              class: 'link',
              'aria-label': `Remove ${title}`,
              onClick: () => store.edit(changedPlan(store.state.plan, [[['offers', name], undefined]])),
            },
            'Remove',
          ),
      )
    }),
    h(
      'div',
      { class: 'pair' },
      h('button', { onClick: () => store.show('catalog') }, '+ From the catalog'),
      h('button', { onClick: () => store.show('quote') }, '+ Type my quote'),
    ),
  )
}

export function PlanForm(parts: Parts): ComponentChild {
  return h(
    'form',
    { id: 'form', class: 'form', 'aria-label': 'Your numbers', onSubmit: (event: Event) => event.preventDefault() },
    h(Volume, parts),
    h(Rate, parts),
    h(Team, parts),
    h(Offers, parts),
  )
}
