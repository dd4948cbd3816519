// Options of what learns from a history of months or days.
import { MEANINGS } from '../forecasting/history/columns.ts'
import { parseMonth } from '../months.ts'
import { columns, textKind, toggle, wholeNumber } from './kinds.ts'
import { type OptionsOf, option, programOnly } from './option.ts'
import { onProgress, seed, signal } from './shared.ts'

const month = textKind('<month>', 'a month such as 2019-01', (given) => parseMonth(given) !== undefined)

const reading = {
  columns: option(
    columns(MEANINGS, `${MEANINGS.join('=…,')}=… (those that need it)`),
    'which column holds what, such as month=Date,conversations=Tickets',
    { default: 'by their names' },
  ),
  since: option(month, 'leave out what is before, such as 2019-01'),
  until: option(month, 'leave out what is after'),
  partial: option(toggle('on'), 'take the last month though it looks as if it was not over', { default: '`false`' }),
  name: programOnly(textKind('<name>', 'a name'), 'name of the history, for notes and errors', { default: "'history.csv'" }),
} as const

export const calibrating = {
  ...reading,
  months: option(wholeNumber(1, 240, '12'), 'months of the scenario that is written (12)', { default: '12' }),
  start: option(month, 'the first planned month (the one after the last row unless stated)', { default: 'after the last row' }),
} as const
export type CalibrateOptions = OptionsOf<typeof calibrating>

export const backtesting = {
  ...reading,
  horizon: option(wholeNumber(1, 36, '12', '<months>', ' of months'), 'how far each start looks ahead (12)', { default: '12' }),
  from: option(month, 'the first month foretold (24 months after the first one known)', { default: '24 months after `since`' }),
  trials: option(wholeNumber(1_024, 2 ** 20, '4096'), 'futures of each start (4,096)', { default: '4,096' }),
  seed: { ...seed, default: '`backtest`' },
  onProgress,
  signal,
} as const
export type BacktestOptions = OptionsOf<typeof backtesting>
