// The options of calibration and backtest, which read a history of months or days.
import { MEANINGS } from '../forecasting/history/columns.ts'
import { CALENDARS, isCalendarName } from '../forecasting/history/working-days.ts'
import { parseMonth } from '../months.ts'
import { columns, textKind, toggle, wholeNumber } from './kinds.ts'
import { type OptionsOf, option, programOnly } from './option.ts'
import { decimal, seed, answering } from './shared.ts'

const month = textKind('<month>', 'a month such as 2019-01', (given) => parseMonth(given) !== undefined)

const reading = {
  columns: option(
    columns(MEANINGS, `${MEANINGS.join('=…,')}=… (only the columns that billcast cannot find by name)`),
    'the columns to read, such as month=Date,conversations=Tickets',
    'found by name',
  ),
  decimal,
  sumRows: option(toggle('on'), 'add up rows of the same date, such as one for each channel', '`false`'),
  days: option(toggle('off'), 'fit months as they are, not volumes a day', '`true`'),
  workingDays: option(
    textKind('<calendar>', CALENDARS, isCalendarName),
    'compare volumes with working days: weekdays, or those of a country such as US or DE-BY',
  ),
  since: option(month, 'ignore rows before this month, such as 2019-01'),
  until: option(month, 'ignore rows after this month'),
  partial: option(toggle('on'), 'use the last month even if it looks incomplete', '`false`'),
  name: programOnly(textKind('<name>', 'a name'), 'name of the history in notes and errors', "'history.csv'"),
} as const

export const calibrating = {
  ...reading,
  months: option(wholeNumber(1, 240, '12'), 'number of months in the scenario (default 12)', '12'),
  start: option(month, 'first planned month (default: the month after the last row)', 'after the last row'),
  plain: option(toggle('on'), 'write the fitted base, growth, seasons and noise, not the history itself', '`false`'),
} as const
export type CalibrateOptions = OptionsOf<typeof calibrating>

export const backtesting = {
  ...reading,
  horizon: option(wholeNumber(1, 36, '12', '<months>', ' of months'), 'months that each start forecasts (default 12)', '12'),
  offer: option(
    textKind('<name>', 'the name of an offer in the catalog'),
    'the catalog offer that the invoices are of, such as fin (default: the one whose bills are most like them)',
    'the one whose bills are most like the invoices',
  ),
  from: option(month, 'first month to forecast (default: 24 months after the first known month)', '24 months after `since`'),
  trials: option(wholeNumber(1_024, 2 ** 20, '4096'), 'trials for each start (default 4,096)', '4,096'),
  seed: { ...seed, default: '`backtest`' },
  ...answering,
} as const
export type BacktestOptions = OptionsOf<typeof backtesting>
