import { createHmac } from 'node:crypto'
import { DEFINITION_NAMES } from '../../contract/definitions/index.ts'
import { UsageError } from '../../errors.ts'
import { type Audit, type AuditTerms, auditOf } from '../../invoice/audit/audit.ts'
import { type Dispute, RULES, type Rule } from '../../invoice/audit/disputes.ts'
import { instantOf, totalsOf } from '../../invoice/audit/index.ts'
import type { InvoiceCheck } from '../../invoice/check/check.ts'
import { contractOf } from '../../invoice/contract.ts'
import { auditing, silenceTime } from '../../invoice/audit/options.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { textKind } from '../../options/kinds.ts'
import { flagOnly } from '../../options/option.ts'
import { fileSource } from '../../platform/node/file-source.ts'
import { text } from '../../present/files/write.ts'
import { auditPage, finding, segmentRows, totalRows } from '../../present/report/audit.ts'
import { type Block, textTable } from '../../present/report/text-table.ts'
import { csvDisputes, tableDisputes } from '../../present/tables/disputes.ts'
import { chartFlag, chartsAsked } from '../chart.ts'
import { chosen, defineCommand } from '../command.ts'
import { contractIn } from '../contract.ts'
import { loadHistory } from '../load.ts'
import { json, replace, words } from '../options.ts'
import { count, printJson, printLines } from '../print.ts'
import { writeTo } from '../write.ts'

export const summary = 'compare definitions of a resolution, and find units billed beyond the contract'
export const group = 'learn'
const OFFER = 'an offer of the catalog (billcast offers lists them) or of --scenario'

export const command = defineCommand({
  arguments: [['<conversations>', 'an export of conversations, as CSV']],
  options: {
    offer: flagOnly(textKind('<name>', OFFER), 'the contract: an offer of the catalog or of --scenario'),
    scenario: flagOnly(words('<file>'), 'the scenario that contains the offer'),
    billed: flagOnly(words('<file>'), "the vendor's itemized list: id, billed_at, amount"),
    invoice: flagOnly(words('<file>'), 'invoices: month, meter, quantity, amount, or the columns of FOCUS'),
    zone: auditing.zone,
    definition: auditing.definition,
    genuine: auditing.genuine,
    timeout: flagOnly(
      silenceTime,
      'silence after which a conversation is over, such as 30m or 24h (default: as in the catalog, else 24h)',
    ),
    reopen: auditing.reopen,
    until: auditing.until,
    columns: auditing.columns,
    decimal: auditing.decimal,
    tolerate: auditing.tolerate,
    out: flagOnly(
      textKind('<file>', 'a file .csv, .parquet or .arrow', (name) => /\.(csv|parquet|arrow)$/.test(name)),
      'write every disputed unit to this .csv, .parquet or .arrow file',
    ),
    report: flagOnly(words('<file>'), 'write a page, such as audit.html'),
    hashIds: flagOnly(
      textKind('<key>', 'a key', (key) => key !== ''),
      'replace each id in the disputes by a code made with this key',
    ),
    chart: chartFlag('audit'),
    force: replace,
    json,
  },
  async run(flags, file) {
    const draw = chartsAsked('audit', flags)
    const { offer: name, out, report, hashIds } = flags
    if (name === undefined) throw new UsageError(`--offer: expected ${OFFER}, got nothing`)
    const contract = flags.scenario === undefined ? contractOf(name) : await contractIn(flags.scenario, name)
    const names = flags.columns ?? {}
    const { decimal } = flags
    const disputes = out?.endsWith('.csv') === false ? tableDisputes(out.endsWith('.parquet') ? 'parquet' : 'arrow') : csvDisputes()
    const hide = (id: string) => (hashIds === undefined ? id : createHmac('sha256', hashIds).update(id).digest('hex').slice(0, 24))
    const { until, columns: _, decimal: __, ...stated } = chosen(flags, auditing)
    const terms: AuditTerms = {
      ...stated,
      ...(flags.timeout !== undefined && { silence: flags.timeout }),
      ...(until !== undefined && { until: instantOf(until) }),
      ...(out !== undefined && { onDispute: (dispute: Dispute) => disputes.add({ ...dispute, id: hide(dispute.id) }) }),
    }
    const found = await auditOf(
      {
        conversations: { file, source: await fileSource(file), names },
        ...(flags.billed !== undefined && {
          billed: { file: flags.billed, source: await fileSource(flags.billed), names, ...(decimal && { decimal }) },
        }),
        ...(flags.invoice !== undefined && {
          invoices: await totalsOf((await loadHistory(flags.invoice)).text, flags.invoice, decimal),
        }),
      },
      contract,
      terms,
    )
    if (out !== undefined) await writeTo(out, disputes.content)
    if (report !== undefined) await writeTo(report, text(await auditPage(found)))
    await draw((charts) => ({
      definitions: () => charts.definitions(found, found.currency),
      funnel: () => charts.funnel(found),
    }))
    if (flags.json) return printJson(found)
    printLines(linesOf(found))
  },
})

function linesOf(found: Audit): Block[] {
  const money = (value: number): string => formatMoney(value, found.currency)
  const { title, months, zone, conversations, involved, contained, counts, returned, bills, definition } = found
  const { billed, disputes, disputed, totals, notes, counted, bad, read } = found
  const { share } = found.returns
  return [
    `${title}: ${count(conversations)} conversations, ${months[0]} to ${months[months.length - 1]} (${zone}), ${count(involved)} with the AI, ${count(contained)} contained`,
    '',
    textTable([
      ['definition', 'counts', 'returned', 'bill, credited'],
      ...DEFINITION_NAMES.map((name) => [
        `${name}${name === definition.counts ? ' (the contract)' : ''}`,
        count(counts[name]),
        count(returned[name]),
        money(bills[name]),
      ]),
    ]),
    '',
    ...segmentLines(found),
    `The contract counts ${definition.counts}: ${definition.words}`,
    ...(definition.source === undefined ? [] : [`Source: ${definition.source}.`]),
    ...(billed && disputes
      ? [
          '',
          `The vendor billed ${count(billed.units)} units for ${money(billed.amount)}. In dispute: ${count(disputed.count)} units, ${money(disputed.amount)}`,
          textTable(
            [
              ['rule', 'units', 'amount', ''],
              ...(Object.keys(RULES) as Rule[])
                .filter((rule) => disputes[rule].count > 0)
                .map((rule) => [rule, count(disputes[rule].count), money(disputes[rule].amount), RULES[rule]]),
            ],
            { left: [0, 3] },
          ),
        ]
      : []),
    ...(totals ? ['', ...totalLines(totals, notes)] : []),
    '',
    textTable([
      ['for the forecast', 'share', '95% from', 'to'],
      ...(['resolved', 'unresolved', 'reopened'] as const).map((name) => {
        const { value, low, high } = counted[name]
        return [`counted.${name}`, formatShare(value, 2), formatShare(low, 2), formatShare(high, 2)]
      }),
      ['resolution.returns', ...[share.value, share.low, share.high].map((value) => formatShare(value, 2))],
    ]),
    '',
    found.fragment.trimEnd(),
    ...(bad.length > 0
      ? ['', 'Left out:', ...bad.map(({ kind, count: rows, lines }) => `  ${count(rows)} rows ${kind} (lines ${lines.join(', ')})`)]
      : []),
    '',
    ...read,
    '',
    finding(found, money),
  ]
}

function segmentLines(found: Audit): Block[] {
  const table = segmentRows(found)
  return table ? [textTable([table.head, ...table.rows]), ''] : []
}

export function totalLines(totals: InvoiceCheck['totals'], notes: InvoiceCheck['notes']): Block[] {
  const { head, rows } = totalRows(totals)
  return [
    textTable([head, ...rows], { left: [0, head.length - 1], spare: ['in the export', 'expected'] }),
    ...notes.flatMap((note) => ['', note]),
  ]
}
