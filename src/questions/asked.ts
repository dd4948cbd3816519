// Reads figures by name from the trials of a variant.
import { shown, UsageError } from '../errors.ts'
import { currentName } from '../old-names.ts'
import { ASKED_STATISTICS } from '../summary/list.ts'
import type { AskedFigure, AskedSource } from '../summary/statistic.ts'
import type { CostOf, Study } from './study.ts'

/** The source of an offer's figures in one variant of a study. */
export function askedSource(study: Study, cost: CostOf, offer: string): AskedSource {
  const { offers } = study.base
  const { budget } = study.scenario
  return {
    own: cost(offer),
    all: () => offers.map(cost),
    place: () => offers.indexOf(offer),
    budget: budget && { amount: budget.amount, cost: () => cost.budgeted(offer) },
  }
}

/**
 * Finds a figure by name, such as `mean`, `p80`, `expectedShortfall97.5` or `P(cheapest)`.
 * @param minimized whether the figure must be one of which less is better
 * @param option the option that holds the name, for errors
 * @throws UsageError for an unknown name
 */
export function askedFigure(text: unknown, minimized: boolean, option = 'statistic'): AskedFigure {
  const name = typeof text === 'string' ? currentName(text.toLowerCase().replaceAll(' ', '')).toLowerCase() : ''
  const allowed = ASKED_STATISTICS.filter((one) => one.minimized || !minimized)
  for (const { parse } of allowed) {
    const found = parse(name)
    if (found) return found
  }
  const written = allowed.map((one) => one.written)
  throw new UsageError(
    `${option}: expected ${written.slice(0, -1).join(', ')}, or ${written[written.length - 1]}, got ${shown(text)}`,
  )
}
