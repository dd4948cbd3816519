// The page of an audit: the definitions and what they are worth, how far conversations come, what is disputed. No script, no network.
import type { Audit } from '../../invoice/audit/audit.ts'
import { RULES, type Rule } from '../../invoice/audit/disputes.ts'
import type { TotalCheck } from '../../invoice/audit/totals.ts'
import { definitionsChart, funnelChart } from '../charts/audit.ts'
import type { Chart } from '../charts/chart.ts'
import { DEFINITION_NAMES } from '../../contract/definitions/index.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { chartTable } from './chart-table.ts'
import { escaped, figureOf, tableOf, withOwnIds } from './html.ts'
import type { TableData } from './sections.ts'
import { STYLE } from './style.ts'
import { formatNumber } from '../../notation/number.ts'

const count = (value: number): string => formatNumber(value)

/** A table whose last column is text. */
const worded = (table: TableData): string => tableOf(table).replace('class="wide"', 'class="wide words"')

async function drawn(chart: Chart, prefix: string, currency: string): Promise<string> {
  return figureOf(withOwnIds(await chart.toSVG(), prefix), chart.description, tableOf(chartTable(chart, currency)))
}

type Money = (value: number) => string

async function counted(audit: Audit, money: Money, currency: string): Promise<string[]> {
  const { definition, words, counts, returned, bills } = audit
  const source = definition.source === undefined ? '' : ` ${escaped(`Source: ${definition.source}.`)}`
  return [
    '<h2>What counts</h2>',
    `<p>${escaped(`The contract counts ${definition.counts}: ${definition.words}`)}${source}</p>`,
    worded({
      caption: 'Each definition, and what the contract bills for it',
      head: ['definition', 'counts', 'came back in time', 'bill, credited', 'in words'],
      rows: DEFINITION_NAMES.map((name) => [name, count(counts[name]), count(returned[name]), money(bills[name]), words[name]]),
    }),
    await drawn(definitionsChart(audit, currency), 'definitions', currency),
    await drawn(funnelChart(audit), 'funnel', currency),
  ]
}

function disputed({ disputes, disputed: all, billed }: Audit, money: Money): string[] {
  if (!disputes || !billed) return []
  return [
    '<h2>What was billed beyond it</h2>',
    `<p>${escaped(`${count(billed.units)} units were billed for ${money(billed.amount)}; ${count(all.count)} of them, ${money(all.amount)}, are in dispute.`)}</p>`,
    worded({
      caption: 'Disputes by rule: a billed unit counts under the first rule that holds',
      head: ['rule', 'units', 'amount', 'in words'],
      rows: (Object.keys(RULES) as Rule[]).map((rule) => [
        rule,
        count(disputes[rule].count),
        money(disputes[rule].amount),
        RULES[rule],
      ]),
    }),
  ]
}

/** Invoiced against what the contract makes of it: the head, and a row a total. */
export function totalRows(totals: readonly TotalCheck[], money: Money): { readonly head: string[]; readonly rows: string[][] } {
  return {
    head: ['month', 'meter', 'quantity', 'by the export', 'expected', 'invoiced', 'difference', 'explained by'],
    rows: totals.map(({ month, meter, quantity, audited, expected, invoiced, difference, rule, why }) => [
      month,
      meter,
      count(quantity),
      audited === undefined ? '–' : count(audited),
      money(expected),
      money(invoiced),
      money(difference),
      rule === undefined ? 'agrees' : `${rule}: ${why}`,
    ]),
  }
}

const totalled = ({ totals }: Audit, money: Money): string[] =>
  totals
    ? [
        '<h2>Monthly totals</h2>',
        worded({
          caption: 'Invoiced against what the contract makes of the invoiced quantity',
          ...totalRows(totals, money),
        }),
      ]
    : []

const forecast = ({ counted: shares, fragment }: Audit): string[] => [
  '<h2>For the forecast</h2>',
  tableOf({
    caption: 'Shares for `counted` of the offer, with 95 % intervals',
    head: ['share', 'value', 'from', 'to', 'of'],
    rows: (['resolved', 'unresolved', 'reopened'] as const).map((name) => {
      const { value, low, high, of } = shares[name]
      return [name, formatShare(value, 2), formatShare(low, 2), formatShare(high, 2), count(of)]
    }),
  }),
  `<pre>${escaped(fragment)}</pre>`,
]

const made = ({ until, zone, repeats, bad }: Audit): string[] => [
  '<h2>How it was made</h2>',
  `<p>${escaped(`${until === null ? 'Every silence in the export counts as over' : `The export was taken at ${until}`}; months begin in ${zone}. Ids that stood twice with the same fields count once (${count(repeats)}).`)}</p>`,
  ...(bad.length > 0
    ? [
        tableOf({
          caption: 'Rows that could not be used, and were left out',
          head: ['rows', 'how many', 'first lines'],
          rows: bad.map(({ kind, count: number, lines }) => [kind, count(number), lines.join(', ')]),
        }),
      ]
    : []),
]

export async function auditPage(audit: Audit, currency = 'USD'): Promise<string> {
  const { title, months, zone } = audit
  const money = (value: number) => formatMoney(value, currency)
  const sentence = `${title}: ${count(audit.conversations)} conversations, ${months[0]} to ${months[months.length - 1]} (${zone})`
  const parts = [
    `<p class="lead">${escaped(finding(audit, money))}</p>`,
    ...(await counted(audit, money, currency)),
    ...disputed(audit, money),
    ...totalled(audit, money),
    ...forecast(audit),
    ...made(audit),
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(`Audit of ${title}`)}</title>
<style>${STYLE}.words td:last-child,.words th:last-child{text-align:left}</style>
</head>
<body>
<main>
<h1>${escaped(sentence)}</h1>
${parts.join('\n')}
</main>
</body>
</html>
`
}

/** What the audit found, in a sentence. */
export function finding(
  { disputed, billed, bills, counts, definition, involved, contained }: Audit,
  money: (value: number) => string,
): string {
  const first = `${formatShare(contained / Math.max(1, involved), 0)} of conversations with the AI were contained, ${formatShare(counts.assumed / Math.max(1, involved), 0)} resolved, ${formatShare(counts.verified / Math.max(1, involved), 0)} verified: from the widest definition to the narrowest the same contract bills ${money(bills.timeout)} to ${money(bills.verified)}.`
  if (!billed) return `${first} The contract counts ${definition.counts}.`
  return disputed.count === 0
    ? `${first} All that was billed stands.`
    : `${first} Of ${money(billed.amount)} billed ${money(disputed.amount)} are in dispute.`
}
