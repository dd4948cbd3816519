// Options of an audit.
import { DEFINITION_NAMES } from '../../contract/definitions/index.ts'
import { callback, oneOf, columns, hoursOf, share, textKind, value } from '../../options/kinds.ts'
import { type OptionKind, type OptionsOf, option, programOnly } from '../../options/option.ts'
import { COUNTS } from './contract.ts'
import { CONVERSATION_COLUMNS } from './conversations.ts'
import { BILLED_COLUMNS } from './disputes.ts'
import type { GivenRow } from './given.ts'

const COLUMNS = [...new Set([...CONVERSATION_COLUMNS, ...BILLED_COLUMNS])]

const rows = value<string | readonly GivenRow[]>('CSV text or rows', 'CSV text or rows')
const time = (unit: string, hours: number): OptionKind<number> => ({
  name: unit,
  expected: `a number of ${unit} from 0 on`,
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

export const auditing = {
  zone: option(
    textKind('<name>', 'a time zone such as Europe/Berlin'),
    'time zone in which months begin, such as Europe/Berlin (UTC)',
    {
      default: '`UTC`',
    },
  ),
  definition: option(
    oneOf(COUNTS),
    'by which the contract counts: timeout, assumed, verified or conversation (that of the catalog)',
    { default: 'that of the catalog' },
  ),
  genuine: option(oneOf(DEFINITION_NAMES), 'what a genuine resolution is, for the shares of a forecast (assumed)', {
    default: '`assumed`',
  }),
  silence: programOnly(time('hours', 1), 'hours of silence after which a conversation is over', {
    default: 'those of the catalog, else 24',
  }),
  reopen: option(time('days', 24), 'how long a return takes a resolution back, such as 7d (that of the catalog, else for ever)', {
    default: 'that of the catalog, else for ever',
  }),
  until: option(
    textKind('<time>', 'a time with its zone such as 2026-07-01T00:00:00Z'),
    'when the export was taken: silences that were not over then do not count (all are unless stated)',
    { default: 'after every silence' },
  ),
  columns: option(
    columns(COLUMNS, `pairs such as started=created_at of ${COLUMNS.join(', ')}`),
    'names of columns, such as started=created_at,id=ticket',
  ),
  tolerate: option(share('1%', true), 'share of rows that may be left out (1 %)', { default: '0.01' }),
  hide: programOnly(callback<(id: string) => string>(), 'another name for each id in the list of disputes'),
  billed: programOnly(rows, "the vendor's itemised list: id, billed_at, amount"),
  invoices: programOnly(rows, 'monthly totals: month, meter, quantity, amount'),
} as const
export type AuditOptions = OptionsOf<typeof auditing>

/** `--timeout` of the command is `silence` of the library. */
export const silenceTime = time('hours', 1)
