// What an analyst should know about a scenario that is no mistake: periods that are cut off, nothing that is uncertain.
import { distributionOf } from '../distributions/index.ts'
import { formatMonth } from '../months.ts'
import { inputsOf } from '../scenario/names.ts'
import type { Resolution, ResolvedScenario } from '../scenario/resolved.ts'

const SPAN = { quarter: 3, year: 12 } as const
const NAMED = 6

type Period = keyof typeof SPAN

export function warningsOf(scenario: ResolvedScenario): string[] {
  return [...cutPeriods(scenario), ...(isCertain(scenario) ? [CERTAIN] : [])]
}

const CERTAIN = 'nothing in this scenario is uncertain: all its futures are the same, and the standard errors are 0'

function isCertain(scenario: ResolvedScenario): boolean {
  const { conversations, resolution, offers, counting } = scenario
  const moves = (part: Partial<Resolution> | undefined) => (part?.noise?.sd ?? 0) > 0 || (part?.setbacks?.probability ?? 0) > 0
  const monthly = (conversations.noise?.cv ?? 0) > 0 || (conversations.spikes?.probability ?? 0) > 0
  if (monthly || counting !== 'expected' || moves(resolution) || offers.some((offer) => moves(offer.resolution))) return false
  return inputsOf(scenario).every(({ spec }) => distributionOf(spec).sd === 0)
}

/** Periods begin at the scenario's start; what is for a whole one counts by its months where the horizon or the charge ends. */
function cutPeriods({ start, months, offers }: ResolvedScenario): string[] {
  const found = new Map<string, Set<string>>()
  for (const offer of offers) {
    const { charges, ...terms } = offer
    const parts = [
      { name: `offers.${offer.name}`, part: terms as object },
      ...charges.map((charge, k) => ({
        name: `offers.${offer.name}.charges${charge.id === undefined ? `[${k}]` : `.${charge.id}`}`,
        part: charge as object,
      })),
    ]
    for (const { name, part } of parts) {
      const { from = start, until = start + months - 1 } = part as { from?: number; until?: number }
      const [first, end] = [Math.max(0, from - start), Math.min(months, until + 1 - start)]
      for (const [term, period] of periodsOf(part)) {
        for (const cut of cutsOf(first, end, SPAN[period])) {
          const text = `the ${period} from ${formatMonth(start + cut.from)} has ${cut.months} of its ${SPAN[period]} months, and counts pro rata`
          found.set(text, (found.get(text) ?? new Set()).add(`${name}.${term}`))
        }
      }
    }
  }
  return [...found].map(([text, names]) => {
    const more = names.size > NAMED ? ` and ${names.size - NAMED} more` : ''
    return `${[...names].slice(0, NAMED).join(', ')}${more}: ${text}`
  })
}

/** The terms that are for more than a month: a yearly minimum, a fee, a period over which tiers accumulate. */
function periodsOf(part: object): (readonly [term: string, period: Period])[] {
  const isPeriod = (per: unknown): per is Period => typeof per === 'string' && Object.hasOwn(SPAN, per)
  return Object.entries(part).flatMap(([term, value]): (readonly [string, Period])[] => {
    if (term === 'running') return []
    if (term === 'period' && isPeriod(value)) return [[term, value]]
    // `per` beside a fee that is a distribution belongs to the fee.
    if (term === 'per' && isPeriod(value)) return [['fee', value]]
    const per = typeof value === 'object' && value !== null && Object.hasOwn(value, 'per') ? value.per : undefined
    return isPeriod(per) ? [[term, per]] : []
  })
}

/** The periods of `span` months that [from, end) holds only in part. */
function cutsOf(from: number, end: number, span: number): { readonly from: number; readonly months: number }[] {
  if (end <= from) return []
  const [first, last] = [Math.floor(from / span) * span, Math.floor((end - 1) / span) * span]
  return [...new Set([first, last])].flatMap((begin) => {
    const [a, b] = [Math.max(from, begin), Math.min(end, begin + span)]
    return b - a < span ? [{ from: a, months: b - a }] : []
  })
}
