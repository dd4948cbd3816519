// An audit of one part of an offer: its path, and which conversations of an export are its own.
import { UsageError } from '../../errors.ts'
import { type Contract, datesOfParts, partsIn, pathOf } from '../contract.ts'
import type { PartFilter } from './conversations.ts'

/** Separates the conversations of the audited part from those of others. @throws UsageError for an offer of which no part is named */
export async function partFilter(contract: Contract): Promise<PartFilter | undefined> {
  const parts = partsIn({ ...contract, part: undefined })
  if (parts.length === 0) return undefined
  const { name, part } = contract
  if (part === undefined)
    throw new UsageError(
      `offer: expected one part of ${name} (${parts.map((own) => pathOf({ name, part: own })).join(', ')}), since a part has a contract of its own, got ${name}`,
    )
  const dates = await datesOfParts(contract)
  return {
    part,
    parts,
    liveIn: (month) => parts.filter((_, p) => month >= dates[p].first && month <= dates[p].last),
  }
}
