// The page of an audit, without a script. It loads nothing from elsewhere.
import type { Audit } from '../../invoice/audit/audit.ts'
import { RULES, type Rule } from '../../invoice/audit/disputes.ts'
import type { TotalCheck } from '../../invoice/check/check.ts'
import { definitionsChart, funnelChart } from '../charts/audit.ts'
import { DEFINITION_NAMES } from '../../contract/definitions/index.ts'
import { formatAmount, formatMoney, formatQuantity, formatShare, roundMoney } from '../../notation/money.ts'
import { chartFigure } from './chart-figure.ts'
import { escaped, htmlPage, tableOf } from './html.ts'
import type { TableData } from './pieces.ts'
import { formatNumber } from '../../notation/number.ts'

/** A table with words in its last column. */
const worded = (table: TableData): string => tableOf(table).replace('class="wide"', 'class="wide words"')

type Money = (value: number) => string

async function counted(audit: Audit, money: Money, currency: string): Promise<string[]> {
  const { definition, words, counts, returned, bills } = audit
  const source = definition.source === undefined ? '' : ` ${escaped(`Source: ${definition.source}.`)}`
  return [
    '<h2>Resolutions by definition</h2>',
    `<p>${escaped(`The contract counts ${definition.counts}: ${definition.words}`)}${source}</p>`,
    worded({
      caption:
        'The contract bills a different amount for each definition. Resolutions whose customer came back in time are credited.',
      head: ['definition', 'counts', 'returned', 'bill, credited', 'in words'],
      rows: DEFINITION_NAMES.map((name) => [
        name,
        formatNumber(counts[name]),
        formatNumber(returned[name]),
        money(bills[name]),
        words[name],
      ]),
    }),
    await chartFigure(definitionsChart(audit, currency), 'definitions', currency),
    await chartFigure(funnelChart(audit), 'funnel', currency),
  ]
}

function disputed({ disputes, disputed: all, billed }: Audit, money: Money): string[] {
  if (!disputes || !billed) return []
  return [
    '<h2>Billed beyond the contract</h2>',
    `<p>${escaped(`${formatNumber(billed.units)} units were billed for ${money(billed.amount)}. ${formatNumber(all.count)} of them are in dispute, for ${money(all.amount)}.`)}</p>`,
    worded({
      caption: 'A billed unit is in dispute under the first rule that applies',
      head: ['rule', 'units', 'amount', 'in words'],
      rows: (Object.keys(RULES) as Rule[]).map((rule) => [
        rule,
        formatNumber(disputes[rule].count),
        money(disputes[rule].amount),
        RULES[rule],
      ]),
    }),
  ]
}

/** Amounts in whole units, unless a difference would be lost in them. */
const shownAs = (difference: number, currency: string) =>
  Math.abs(difference) < 100 && roundMoney(difference, currency) !== 0 ? formatAmount : formatMoney

/** The head and the rows of a table that compares invoices with the contract. */
export function totalRows(totals: readonly TotalCheck[]): { readonly head: string[]; readonly rows: string[][] } {
  const count = (value: number | undefined) => (value === undefined ? '–' : formatQuantity(value))
  const parted = totals.some(({ part }) => part !== undefined)
  return {
    head: [
      ...['month', ...(parted ? ['part'] : []), 'meter', 'quantity', 'in the export', 'expected', 'invoiced', 'difference'],
      'explained by',
    ],
    rows: totals.map(({ month, part = '', meter, quantity, audited, expected, invoiced, difference, currency, rule, why }) => [
      ...[month, ...(parted ? [part] : []), meter, count(quantity), count(audited)],
      // Half a unit that the rounding of the bill leaves is no difference.
      ...[expected, invoiced, rule === undefined ? 0 : difference].map((amount) => shownAs(difference, currency)(amount, currency)),
      rule === undefined ? 'agrees' : `${rule}: ${why}`,
    ]),
  }
}

const totalled = ({ totals, notes }: Audit): string[] =>
  totals
    ? [
        '<h2>Monthly totals</h2>',
        worded({
          caption: "Invoiced amounts, and the contract's amounts for the invoiced quantities",
          ...totalRows(totals),
        }),
        ...notes.map((note) => `<p>${escaped(note)}</p>`),
      ]
    : []

/** The head and the rows of a table of segments by the contract's own count. Undefined if the export names no segments. */
export function segmentRows({ segments, definition }: Audit): { readonly head: string[]; readonly rows: string[][] } | undefined {
  if (segments === null) return undefined
  const name = definition.counts === 'conversation' ? 'assumed' : definition.counts
  return {
    head: ['segment', 'conversations', 'with the AI', 'contained', name, 'returned'],
    rows: Object.entries(segments).map(([segment, { conversations, involved, contained, counts, returned }]) => [
      segment,
      ...[conversations, involved, contained, counts[name], returned[name]].map((count) => formatNumber(count)),
    ]),
  }
}

function bySegment(audit: Audit): string[] {
  const table = segmentRows(audit)
  return table ? ['<h2>Segments</h2>', tableOf({ caption: 'The export by segment', ...table })] : []
}

const forecast = ({ counted: shares, returns, fragment }: Audit): string[] => [
  '<h2>Shares for the forecast</h2>',
  tableOf({
    caption: "Shares for the offer's fields `counted` and `resolution.returns`, with 95% intervals",
    head: ['share', 'value', 'from', 'to', 'of'],
    rows: [
      ...(['resolved', 'unresolved', 'reopened'] as const).map((name) => [name, shares[name]] as const),
      ['returns', returns.share] as const,
    ].map(([name, { value, low, high, of }]) => [
      name,
      formatShare(value, 2),
      formatShare(low, 2),
      formatShare(high, 2),
      formatNumber(of),
    ]),
  }),
  `<pre>${fragment.split('\n').map(escaped).join('\n')}</pre>`,
]

const method = ({ until, zone, repeats, bad }: Audit): string[] => [
  '<h2>Method</h2>',
  `<p>${escaped(`${until === null ? 'Every silence in the export counts as over' : `The export was taken at ${until}`}. Months begin in the time zone ${zone}. Repeated rows count once (${formatNumber(repeats)}).`)}</p>`,
  ...(bad.length > 0
    ? [
        tableOf({
          caption: 'Unusable rows were left out',
          head: ['rows', 'number', 'first lines'],
          rows: bad.map(({ kind, count, lines }) => [kind, formatNumber(count), lines.join(', ')]),
        }),
      ]
    : []),
]

export async function auditPage(audit: Audit): Promise<string> {
  const { title, months, zone, currency } = audit
  const money = (value: number) => formatMoney(value, currency)
  const sentence = `${title}: ${formatNumber(audit.conversations)} conversations, ${months[0]} to ${months[months.length - 1]} (${zone})`
  const parts = [
    `<p class="lead">${escaped(finding(audit, money))}</p>`,
    ...(await counted(audit, money, currency)),
    ...bySegment(audit),
    ...disputed(audit, money),
    ...totalled(audit),
    ...forecast(audit),
    ...method(audit),
  ]
  return htmlPage(`Audit of ${title}`, [`<h1>${escaped(sentence)}</h1>`, ...parts], {
    style: '.words td:last-child,.words th:last-child{text-align:left}',
  })
}

/** The finding of an audit in a few sentences. */
export function finding(
  { disputed, billed, bills, counts, definition, involved, contained }: Audit,
  money: (value: number) => string,
): string {
  const share = (value: number) => formatShare(value / Math.max(1, involved), 0)
  const first = `Of the conversations with the AI, ${share(contained)} were contained, ${share(counts.assumed)} resolved and ${share(counts.verified)} verified. The same contract bills ${money(bills.timeout)} by the widest definition and ${money(bills.verified)} by the narrowest.`
  if (!billed) return `${first} The contract counts ${definition.counts}.`
  return disputed.count === 0
    ? `${first} No billed unit is in dispute.`
    : `${first} Of ${money(billed.amount)} billed, ${money(disputed.amount)} is in dispute.`
}
