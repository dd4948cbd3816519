// Which offers every buyer prefers, in words.
import { formatShare } from '../../notation/money.ts'
import { listWords } from '../../questions/compare/verdict-words.ts'
import type { Dominance } from '../../questions/compare/dominance.ts'

/** Smaller violations of dominance round to 0.0%. */
const SLIGHT = 0.0005

/** One sentence if an offer is better than all others, and else one for the offers that are better than the same ones. */
export function dominanceWords(found: readonly Dominance[], offers: readonly string[]): string[] {
  const best =
    offers.length > 2 &&
    offers.find((offer) => found.filter((one) => one.offer === offer && one.order === 1).length === offers.length - 1)
  if (best) return [`${best} is better than every other offer at every probability: it needs the smaller budget.`]
  const first = groupsOf(found, 1).map(({ better, over }) =>
    better.length > 1
      ? `At every probability, ${listWords(better)} each need a smaller budget than ${listWords(over)}.`
      : `At every probability, ${better[0]} needs a smaller budget than ${listWords(over)}.`,
  )
  const second = groupsOf(found, 2).map(({ better, over }) => `${listWords(better)} over ${listWords(over)}`)
  return [
    ...(first.length > 0 ? first : ['No offer needs the smaller budget at every probability.']),
    ...(second.length > 0 ? [`A risk-averse buyer would also prefer ${second.join(', ')}.`] : []),
  ]
}

/** Offers that are better than the same others stand together. */
function groupsOf(found: readonly Dominance[], order: Dominance['order']): readonly { better: string[]; over: string[] }[] {
  const own = new Map<string, string[]>()
  for (const one of found.filter((pair) => pair.order === order))
    own.set(one.offer, [...(own.get(one.offer) ?? []), overWords(one)])
  const groups = new Map<string, { better: string[]; over: string[] }>()
  for (const [offer, over] of own) {
    const group = groups.get(over.join()) ?? { better: [], over }
    group.better.push(offer)
    groups.set(over.join(), group)
  }
  return [...groups.values()]
}

const overWords = ({ over, violation }: Dominance): string =>
  violation.value > SLIGHT ? `${over} (apart from ${formatShare(violation.value)})` : over
