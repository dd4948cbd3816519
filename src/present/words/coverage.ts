// Which contracts bill only a part of the plan's months. Their costs are lower for that reason alone, which a comparison must say.
import { type ResolvedOffer, contractsIn } from '../../contract/offer.ts'
import { appliesOf, type Horizon } from '../../contract/modifiers/dates.ts'
import { formatMonth, monthsWords, spanWords } from '../../months.ts'
import { capital, inSentence } from '../../questions/compare/verdict-words.ts'
import type { ResolvedScenario } from '../../scenario/resolved.ts'

/** The first month in which a charge of an offer applies and the month after the last one, over all of its parts. */
function spanOf(offer: ResolvedOffer, horizon: Horizon) {
  const spans = contractsIn(offer)
    .flatMap((contract) => contract.charges.map((charge) => appliesOf(charge, contract, horizon)))
    .filter(({ end }) => end > 0)
  return {
    first: Math.min(...spans.map(({ start }) => start)),
    end: Math.max(0, ...spans.map(({ end }) => end)),
  }
}

/** Nothing if all contracts bill the same months. */
export function coverageWords({ offers, start, months }: ResolvedScenario): string | undefined {
  const spans = offers.map((offer) => ({ title: offer.title.split(',')[0], ...spanOf(offer, { start, months }) }))
  if (spans.every(({ first, end }) => first === spans[0].first && end === spans[0].end)) return undefined
  const partial = spans.flatMap(({ title, first, end }) => {
    if (first === 0 && end === months) return []
    if (end === 0) return [`${capital(inSentence(title))} bills no month of the plan.`]
    const span = spanWords([formatMonth(start + first), formatMonth(start + end - 1)].slice(0, end - first))
    return [`${capital(inSentence(title))} bills only ${span}: its cost covers ${end - first} of ${monthsWords(String(months))}.`]
  })
  return partial.join(' ')
}
