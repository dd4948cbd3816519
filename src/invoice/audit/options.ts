// The options of an audit.
import { DEFINITION_NAMES } from '../../contract/definitions/index.ts'
import { callback, oneOf, columns, hoursOf, share, textKind, value } from '../../options/kinds.ts'
import { type OptionKind, type OptionsOf, option, programOnly } from '../../options/option.ts'
import { decimal, place } from '../../options/shared.ts'
import { CONVERSATION_COLUMNS, SEGMENT_COLUMN } from './conversations.ts'
import { BILLED_COLUMNS } from './disputes.ts'
import type { GivenRow } from './given.ts'

const COLUMNS = [...new Set([...CONVERSATION_COLUMNS, SEGMENT_COLUMN, ...BILLED_COLUMNS])]
const rows = value<string | readonly GivenRow[]>('CSV text or rows', 'CSV text or rows')
const time = (unit: string, hours: number): OptionKind<number> => ({
  name: unit,
  expected: `a number of ${unit} of 0 or more`,
  accepts: (given) => typeof given === 'number' && given >= 0,
  text: {
    placeholder: '<time>',
    expected: 'a time such as 30m, 24h or 7d',
    read: (given) => {
      const found = hoursOf(given)
      return found === undefined ? undefined : found / hours
    },
  },
})

/** Definitions that a contract may count by. */
export const COUNTS = [...DEFINITION_NAMES, 'conversation'] as const

export const auditing = {
  zone: option(
    textKind('<name>', 'a time zone such as America/New_York'),
    'time zone in which months begin, such as America/New_York (UTC)',
    '`UTC`',
  ),
  definition: option(
    oneOf(COUNTS),
    "definition that the contract counts by: timeout, assumed, verified or conversation (the catalog's)",
    "the catalog's, otherwise `assumed`",
  ),
  genuine: option(
    oneOf(DEFINITION_NAMES),
    "definition that a genuine resolution meets, for the forecast's shares (assumed)",
    '`assumed`',
  ),
  silence: programOnly(time('hours', 1), 'hours of silence after which a conversation is over', "the catalog's, otherwise 24"),
  reopen: option(
    time('days', 24),
    "time within which a return takes a resolution back, such as 7d (the catalog's)",
    "the catalog's, otherwise without limit",
  ),
  until: option(
    textKind('<time>', 'a time with its zone such as 2026-07-01T00:00:00Z'),
    'when the export was taken; a silence that was not over then does not count',
    'after every silence',
  ),
  columns: option(
    columns(COLUMNS, `pairs such as started=created_at of ${COLUMNS.join(', ')}`),
    'names of columns, such as started=created_at,id=ticket',
  ),
  decimal,
  tolerate: option(share('1%', true), 'share of rows that may be unusable (1%)', '0.01'),
  hide: programOnly(callback<(id: string) => string>(), 'returns another name for an id in the list of disputes'),
  billed: programOnly(rows, "the vendor's itemized list: id, billed_at, amount"),
  invoices: programOnly(rows, 'invoices: month, meter, quantity, amount, or the columns of FOCUS'),
} as const
export type AuditOptions = OptionsOf<typeof auditing>

/** The options of `checkInvoices`. */
export const checking = { decimal, ...place } as const
export type CheckOptions = OptionsOf<typeof checking>

/** `--timeout` of the command is `silence` of the library. */
export const silenceTime = time('hours', 1)
