// The options of a ledger.
import { textKind, toggle } from './kinds.ts'
import { flagOnly, type OptionsOf, option } from './option.ts'

export const ledgerOptions = {
  offer: option(textKind('<name>', 'the name of an offer'), 'state only this offer', 'all offers'),
  unrounded: option(toggle('on'), 'state amounts before rounding, with their standard errors', 'rounded so that they add up'),
} as const

/** The file of the command. */
export const ledgerFile = {
  ...ledgerOptions,
  focus: flagOnly(toggle('on'), 'write the columns of FOCUS 1.2: billed cost is the mean cash, effective cost the mean accrual'),
} as const
export type LedgerOptions = OptionsOf<typeof ledgerOptions>
