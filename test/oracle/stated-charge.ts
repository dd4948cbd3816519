// The charges that a plan states as data. A rule of a program's own has no second description.
import type { ResolvedCharge } from '../../src/contract/charges/index.ts'

export type StatedCharge = Exclude<ResolvedCharge, { model: 'rule' }>

export const statedCharges = ({ charges }: { readonly charges: readonly ResolvedCharge[] }): readonly StatedCharge[] =>
  charges.filter((charge): charge is StatedCharge => charge.model !== 'rule')
