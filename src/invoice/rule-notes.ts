// Notes on charges by rules of a program's own: what they leave out, and what they cost.
import { contractsIn, ownCharge } from '../contract/offer.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'

export const ruleNotes = ({ offers }: ResolvedScenario): string[] =>
  offers
    .flatMap(contractsIn)
    .flatMap((offer) =>
      offer.charges.flatMap((charge, k) =>
        charge.model === 'rule'
          ? [
              `offers.${offer.name}.${ownCharge(charge, k)}: the rule ${charge.rule} (version ${charge.version}) is a function of this program. It runs on one thread, its offer's percentiles come from the sample, and a file of this plan cannot be run again`,
            ]
          : [],
      ),
    )
