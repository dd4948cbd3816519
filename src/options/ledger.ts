// The options of a ledger.
import { textKind, toggle } from './kinds.ts'
import { type OptionsOf, option } from './option.ts'

export const ledgerOptions = {
  offer: option(textKind('<name>', 'the name of an offer'), 'state only this offer', 'all offers'),
  unrounded: option(toggle('on'), 'state amounts before rounding, with their standard errors', 'rounded so that they add up'),
} as const
export type LedgerOptions = OptionsOf<typeof ledgerOptions>
