// The resolution rate: a range with two thumbs, below what vendors, customers and independents report.
import { type ComponentChild, h } from 'preact'
import type { CatalogOffer } from '../../contract/catalog/list.ts'
import { drags } from './drags.ts'
import { changer, elsewhere, FormField, type FormParts } from './fields.ts'
import { sliderKeys } from './keys.ts'
import { changedPlan, countOf, type Form, rateName, rateText } from './plan.ts'

const [LOWEST, HIGHEST] = [20, 95] as const

interface Claim {
  readonly by: 'vendor' | 'customer' | 'independent'
  readonly low: number
  readonly high: number
  readonly title: string
  readonly address: string
}

/** Who reports rates: by name in a row, and within a spoken sentence. */
const GROUPS = [
  { by: 'vendor', label: 'Vendor', who: 'The vendor' },
  { by: 'customer', label: 'Customers', who: 'customers' },
  { by: 'independent', label: 'Independent', who: 'independents' },
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

type Range = readonly [low: number, high: number]

interface ThumbProps extends FormParts {
  readonly which: 0 | 1
  readonly rate: Range
  /** What others report, for those who hear the page. */
  readonly said: string
}

function Thumb({ store, form, which, rate, said }: ThumbProps): ComponentChild {
  const [low, high] = rate
  const value = rate[which]
  // Thumbs cannot cross.
  const moved = (wanted: number, joined = false) => {
    const [from, to] = which === 0 ? [Math.min(wanted, high - 1), high] : [low, Math.max(wanted, low + 1)]
    store.edit(changedPlan(store.state.plan, [[['resolution', 'rate'], rateText([from, to])]]), joined)
    return which === 0 ? from : to
  }
  return h('input', {
    ...{ type: 'range', min: LOWEST, max: HIGHEST, step: 1, value },
    'aria-label': `${rateName(form)}, ${which === 0 ? 'low' : 'high'} end`,
    'aria-valuetext': `${value}%. ${said}`,
    onKeyDown: sliderKeys(() => ({ value, step: 1, low: LOWEST, high: HIGHEST, breakEvens: [] }), moved),
    ...drags(store, moved),
  })
}

/** A row of what one group reports. */
function ClaimRow({
  label,
  claims,
  rate,
}: {
  readonly label: string
  readonly claims: readonly Claim[]
  readonly rate: Range
}): ComponentChild {
  return h(
    'div',
    { class: 'claims' },
    h('span', {}, label),
    h(
      'div',
      { 'aria-hidden': 'true' },
      h('i', { class: 'yours', style: `left:${place(rate[0])};right:calc(100% - ${place(rate[1])})` }),
      claims.map(({ by, low, high, title }) =>
        h('i', {
          class: low === high ? by : 'span',
          title: `${rateText([low, high])}: ${title}`,
          style: `left:${place(low)}${low === high ? '' : `;right:calc(100% - ${place(high)})`}`,
        }),
      ),
    ),
  )
}

export function Rate(parts: FormParts): ComponentChild {
  const { store, form } = parts
  const { rate } = form
  const reported = claimsOf(form, store.state.catalog)
  return h(
    'section',
    { 'aria-labelledby': 'rate' },
    h('h2', { id: 'rate' }, rateName(form), h('b', {}, rate ? rateText(rate) : '')),
    rate === undefined
      ? elsewhere('the rate', 'Resolution rate', parts)
      : h(
          'div',
          { class: 'rates' },
          reported &&
            GROUPS.map(({ by, label }) => h(ClaimRow, { label, rate, claims: reported.claims.filter((claim) => claim.by === by) })),
          h(
            'div',
            { class: 'claims two' },
            h('span', {}, 'You'),
            h(
              'div',
              {},
              ([0, 1] as const).map((which) =>
                h(Thumb, { ...parts, which, rate, said: reported ? spokenOf(reported.claims) : '' }),
              ),
            ),
          ),
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

/** What each group reports, for those who hear the page: "The vendor reports 67%, customers 49% to 84%, independents 45% to 53%." */
function spokenOf(claims: readonly Claim[]): string {
  const said = GROUPS.flatMap(({ by, who }) => {
    const own = claims.filter((claim) => claim.by === by)
    if (own.length === 0) return []
    const [low, high] = [Math.min(...own.map((claim) => claim.low)), Math.max(...own.map((claim) => claim.high))]
    return [{ who, span: rateText([low, high]) }]
  })
  const text = said.map(({ who, span }, k) => `${who} ${k === 0 ? 'report ' : ''}${span}`).join(', ')
  return text === '' ? '' : `${text.replace('The vendor report ', 'The vendor reports ')}.`
}

function Reports({ title, claims }: { readonly title: string; readonly claims: readonly Claim[] }): ComponentChild {
  const sources = [...new Map(claims.map((claim) => [claim.title, claim])).values()]
  return h(
    'p',
    { class: 'note' },
    `Reports for ${title}: `,
    sources.map((source, k) => [
      k > 0 && ', ',
      source.address === '' ? source.title : h('a', { href: source.address, rel: 'noreferrer', target: '_blank' }, source.title),
    ]),
    '.',
  )
}

function More({ store, form }: FormParts): ComponentChild {
  const change = changer(store)
  const number = (text: string) => countOf(text.replace(/%|points?|pt/g, ''))
  const { improvement, ceiling } = form
  return h(
    'div',
    { class: 'pair' },
    improvement !== undefined &&
      h(FormField<number>, {
        ...{
          id: 'improvement',
          label: 'Rises',
          text: String(improvement),
          unit: improvement === 1 ? 'point a month' : 'points a month',
          inside: true,
        },
        read: number,
        take: (value) => change([['resolution', 'improvement'], `${value}pt/month`]),
      }),
    ceiling !== undefined &&
      h(FormField<number>, {
        ...{ id: 'ceiling', label: 'Ceiling', text: String(ceiling), unit: '%', inside: true },
        read: number,
        take: (value) => change([['resolution', 'ceiling'], `${value}%`]),
      }),
  )
}
