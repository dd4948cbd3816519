// Beside the questions: what the quote bills in one month, why, and what it does to the answer.
import { type ComponentChild, h } from 'preact'
import { formatNumber } from '../../../notation/number.ts'
import { GRADE_WORDS } from '../../../present/words/grades.ts'
import { ownStyle } from '../../../present/charts/theme.ts'
import type { QuoteBill, QuoteYear } from '../protocol.ts'
import { QuoteChart, type PriceTurn } from './chart.ts'
import type { Quote } from './offer.ts'

export interface Pane {
  readonly bill?: QuoteBill
  /** The quote of the bill. */
  readonly billed?: Quote
  readonly year?: QuoteYear
  readonly failure?: string
}

interface PaneProps {
  readonly pane: Pane
  /** Whether all questions are answered. Otherwise the pane has the last quote that was whole. */
  readonly complete: boolean
  readonly color: number
  readonly takeMonth: (month: number) => void
}

/** The quantity at which the price of a month changes. */
export function turnOf({ paid }: Quote): PriceTurn | undefined {
  if (paid.kind === 'plan') return { quantity: paid.included, before: 'in the plan', after: 'beyond it' }
  if (paid.kind !== 'use') return undefined
  const { commitment, pricing } = paid
  if (commitment?.per === 'month') return { quantity: committedUnits(paid), before: 'committed', after: 'overage' }
  if (commitment) return undefined
  const first = pricing.kind === 'graduated' || pricing.kind === 'volume' ? pricing.tiers[0].to : undefined
  return first === undefined ? undefined : { quantity: first, before: 'first tier', after: 'second' }
}

/** A commitment to packs is one to their units. */
const committedUnits = ({ pricing, commitment }: Extract<Quote['paid'], { kind: 'use' }>): number =>
  (commitment?.quantity ?? 0) * (pricing.kind === 'pack' ? pricing.size : 1)

/** What is paid for and not used, on average. */
export function unusedWords({ paid }: Quote, used: QuoteBill['used']): string {
  if (paid.kind !== 'use' || !paid.commitment) return ''
  const { meter } = paid
  const { per } = paid.commitment
  const quantity = committedUnits(paid)
  const about = (count: number) => formatNumber(Number(count.toPrecision(2)))
  if (per === 'year') {
    const left = quantity * (used.length / 12) - used.reduce((sum, month) => sum + month.quantity, 0)
    return left > 0.5 ? `On average, about ${about(left)} committed ${meter} go unused.` : ''
  }
  const short = used.filter((month) => month.quantity < quantity - 0.5)
  const left = short.reduce((sum, month) => sum + quantity - month.quantity, 0)
  if (short.length === 0) return ''
  const months = short.length > 2 ? `${short.length} of ${used.length} months` : short.map(({ month }) => month).join(' and ')
  return `In ${months}, about ${about(left)} committed ${meter} go unused.`
}

function Invoice({ bill, takeMonth }: { readonly bill: QuoteBill; readonly takeMonth: PaneProps['takeMonth'] }): ComponentChild {
  const { month, at, months, usage, rows, total } = bill
  const step = (label: string, sign: string, to: number) =>
    h('button', { type: 'button', 'aria-label': label, disabled: to < 0 || to >= months, onClick: () => takeMonth(to) }, sign)
  return [
    h('h3', {}, `Invoice for ${month}`, h('span', {}, step('Month before', '‹', at - 1), step('Next month', '›', at + 1))),
    h('p', { class: 'note' }, usage),
    h(
      'table',
      { class: 'bill' },
      h(
        'tbody',
        {},
        rows.map(({ line, quantity, price, amount }) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, line),
            h('td', {}, quantity !== undefined && price !== undefined ? `${quantity} × ${price}` : ''),
            h('td', {}, amount),
          ),
        ),
        h('tr', { class: 'sum' }, h('th', { scope: 'row' }, 'Total'), h('td', {}), h('td', {}, total)),
      ),
    ),
    h(
      'details',
      {},
      h('summary', {}, 'Why'),
      h(
        'ul',
        {},
        rows.map(({ line, why }) => h('li', {}, h('b', {}, `${line}:`), ` ${why}`)),
      ),
    ),
  ]
}

function Year({ year }: { readonly year: QuoteYear }): ComponentChild {
  const { span, mean, budget, years, grade, best, sentences } = year
  return [
    h(
      'dl',
      {},
      h('dt', {}, `Average, ${span}`),
      h('dd', {}, mean),
      h('dt', {}, `Budget that holds in 80 of 100 ${years}`),
      h('dd', {}, budget),
    ),
    grade && h('p', {}, 'With this quote: ', h('span', { class: `pill ${grade}`, style: ownStyle(best) }, GRADE_WORDS[grade])),
    grade && h('p', {}, sentences.join(' ')),
  ]
}

export function QuotePane({ pane, complete, color, takeMonth }: PaneProps): ComponentChild {
  const { bill, billed, year, failure } = pane
  return h(
    'aside',
    { class: complete ? 'quote-pane' : 'quote-pane before', 'aria-label': 'Invoice of the quote' },
    failure !== undefined && h('p', { class: 'error', role: 'alert' }, `This quote cannot be billed: ${failure}`),
    bill
      ? h(Invoice, { bill, takeMonth })
      : h('p', { class: 'note' }, 'The invoice of a month stands here once the questions are answered.'),
    bill && !complete && h('p', { class: 'note', role: 'status' }, 'These are the figures before the last change.'),
    bill && billed && h(QuoteChart, { bill, turn: turnOf(billed), color }),
    year && h(Year, { year }),
    bill && billed && h('p', { class: 'note' }, unusedWords(billed, bill.used)),
  )
}
