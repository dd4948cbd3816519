// The audit as the library offers it.
import { UsageError } from '../../errors.ts'
import { CsvError, parseCsv } from '../../notation/table/csv.ts'
import { type Audit, auditOf } from './audit.ts'
import { checkInvoice, type TotalCheck } from '../check/check.ts'
import { contractOf, type OfferInput } from '../contract.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { segmentColumn } from '../../forecasting/history/columns.ts'
import { CONVERSATION_COLUMNS, PART_COLUMN, SEGMENT_COLUMN } from './conversations.ts'
import { BILLED_COLUMNS, type Dispute } from './disputes.ts'
import { checkedRows, type GivenRow, tableSource } from './given.ts'
import { checkOptions } from '../../options/check.ts'
import { type AuditOptions, auditing, type CheckOptions, checking } from './options.ts'
import { instantIn } from './time.ts'
import type { Decimal } from '../../notation/table/numbers.ts'
import { INVOICE_COLUMNS, type InvoiceTable, invoiceRows } from './totals.ts'

export interface AuditResult extends Audit {
  /** Every billed row in dispute. */
  readonly list: readonly Dispute[]
}

/**
 * Counts resolutions by each definition, bills each count, and finds the units that were billed beyond the contract.
 * @param conversations CSV text or rows: `id, started, involved, escalated, confirmed, last_customer, last_agent, reopened`
 * @param offer the name of an offer in the catalog, an offer of a plan, or an offer as a plan writes it
 * @throws UsageError for rows and options, ScenarioError for the contract
 */
export async function auditRows(
  conversations: string | readonly GivenRow[],
  offer: OfferInput,
  options: AuditOptions = {},
  reader?: Reader,
): Promise<AuditResult> {
  checkOptions(options, auditing)
  const { billed, invoices, columns = {}, decimal, until, hide = (id) => id, ...terms } = options
  checkedRows(conversations, 'conversations')
  if (billed !== undefined) checkedRows(billed, 'billed')
  const list: Dispute[] = []
  const names = columns as Partial<Record<string, string>>
  const found = await auditOf(
    {
      conversations: {
        file: 'conversations',
        source: tableSource(conversations, [...namesOf(CONVERSATION_COLUMNS, names), ...optionalKeys(conversations, names)]),
        names,
      },
      ...(billed !== undefined && {
        billed: { file: 'billed', source: tableSource(billed, namesOf(BILLED_COLUMNS, names)), names, ...(decimal && { decimal }) },
      }),
      ...(invoices !== undefined && { invoices: await totalsOf(invoices, 'invoices', decimal) }),
    },
    contractOf(offer, reader),
    {
      ...terms,
      ...(until !== undefined && { until: instantOf(until) }),
      onDispute: (dispute) => list.push({ ...dispute, id: hide(dispute.id) }),
    },
  )
  return { ...found, list }
}

/** The columns of segments and of parts in given rows, if they have them. */
function optionalKeys(given: string | readonly GivenRow[], names: Partial<Record<string, string>>): string[] {
  if (typeof given === 'string') return []
  const keys = Object.keys(given[0] ?? {})
  const stated = names[SEGMENT_COLUMN]
  const found = stated ?? keys[segmentColumn(keys)]
  return [...(found === undefined ? [] : [found]), ...keys.filter((key) => key === PART_COLUMN && key !== found)]
}

const namesOf = (columns: readonly string[], names: Partial<Record<string, string>>): string[] =>
  columns.map((column) => names[column] ?? column)

/** @throws UsageError for a text that is not a time with its zone */
export function instantOf(text: string): number {
  const bytes = new TextEncoder().encode(text)
  const instant = instantIn(bytes, 0, bytes.length)
  if (Number.isFinite(instant)) return instant
  throw new UsageError(`until: expected a time with its zone, such as 2026-07-01T00:00:00Z, got "${text}"`)
}

const MOST_BYTES = 1 << 24

/** @throws UsageError for rows that are not an invoice */
export async function totalsOf(given: string | readonly GivenRow[], file: string, decimal?: Decimal): Promise<InvoiceTable> {
  checkedRows(given, file)
  const chunks: Uint8Array[] = []
  const columns = typeof given === 'string' ? [] : [...new Set(given.flatMap((row) => Object.keys(row)))]
  for await (const chunk of tableSource(given, columns.length > 0 ? columns : INVOICE_COLUMNS)()) chunks.push(chunk)
  const text = chunks.map((chunk) => new TextDecoder().decode(chunk)).join('')
  try {
    return invoiceRows(await parseCsv(new TextEncoder().encode(text), file, MOST_BYTES), file, { ...(decimal && { decimal }) })
  } catch (error) {
    if (error instanceof CsvError) throw new UsageError(`${file}: expected ${error.message}`)
    throw error
  }
}

/**
 * Compares invoices with the contract, without an export of conversations.
 * @param invoices CSV text or rows: `month, meter, quantity, amount`, or the columns of FOCUS
 * @throws UsageError for the rows, ScenarioError for the contract
 */
export const checkedInvoices = async (
  invoices: string | readonly GivenRow[],
  offer: OfferInput,
  reader?: Reader,
  options: CheckOptions = {},
): Promise<readonly TotalCheck[]> => {
  checkOptions(options, checking)
  return (await checkInvoice(contractOf(offer, reader), await totalsOf(invoices, 'invoices', options.decimal))).totals
}
