// Names the costs that a plan does not state, so that its figures leave them out.
import { contractsIn } from '../../contract/offer.ts'
import type { ResolvedCharge } from '../../contract/charges/index.ts'
import { capital, listWords } from '../../questions/compare/verdict-words.ts'
import { hasPeople } from '../../questions/compare/savings.ts'
import type { ResolvedScenario } from '../../scenario/resolved.ts'

const isOnce = (charge: ResolvedCharge): boolean => charge.model === 'fee' && (charge.fee.per ?? charge.per) === 'once'

/** No plan states taxes. */
export function notIncluded(scenario: ResolvedScenario): string {
  const charges = scenario.offers.flatMap(contractsIn).flatMap((contract) => contract.charges)
  const runs = scenario.offers.some(
    (offer) => offer.running !== undefined || offer.parts?.some((part) => part.running !== undefined),
  )
  const missing = [
    'taxes',
    ...(charges.some(({ model }) => model === 'seats') ? [] : ['seats']),
    ...(charges.some(isOnce) ? [] : ['set-up fees']),
    ...(runs ? [] : ['your own work to set up and run the AI']),
    ...(hasPeople(scenario) ? [] : ['the people who handle what the AI does not resolve']),
  ]
  return `${capital(listWords(missing))}. The plan states no amount for them.`
}
