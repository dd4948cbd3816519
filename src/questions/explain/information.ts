// What it is worth to find out before signing.

import { recorded } from '../../simulation/recorded.ts'
import { shown, UsageError } from '../../errors.ts'
import { formatMoney } from '../../notation/money.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Estimate } from '../../summary/summary.ts'
import { canonicalName } from '../../scenario/names.ts'
import { bestByMean, learned, perfect } from './decided.ts'
import { checkOptions } from '../../options/check.ts'
import { type InformationOptions, informing } from '../../options/questions.ts'
import { type Question, questionOf } from './question.ts'

export interface ValueOfInformation {
  /** The offer with the lowest mean: what one signs without learning more. */
  readonly best: string
  /** What knowing everything that is uncertain is worth, chance included: nothing can be worth more. */
  readonly evpi: Estimate
  /** What knowing one input, or a group ("a + b"), is worth. */
  readonly evppi: Readonly<Record<string, Estimate>>
  readonly words: string
}

export async function informationOf(
  input: string | object,
  options: InformationOptions,
  reader: Reader,
): Promise<ValueOfInformation> {
  checkOptions(options, informing)
  const question = await questionOf(input, reader, options)
  const { model, plan, seed, starts, program } = question
  const wanted = (options.inputs ?? program.inputs.map(({ name }) => name)).map((one) => (typeof one === 'string' ? [one] : one))
  const groups = wanted.map((names) => names.map((name) => inputPlace(question, name)))
  const places = [...new Set(groups.flat())]
  const columns = recorded(
    model,
    plan,
    seed,
    [...model.costs, ...places.map((k) => model.inputs.score(program.inputs[k].dimension))],
    plan.trials,
  )
  const costs = columns.slice(0, model.costs.length)
  const scoreOf = (place: number) => columns[model.costs.length + places.indexOf(place)]
  const best = bestByMean(costs, starts)
  const evpi = perfect(costs, best, starts)
  const evppi = groups.map((own) => {
    const name = own.map((k) => program.inputs[k].name).join(' + ')
    const { value, se } = learned(costs, best, own.map(scoreOf), starts)
    // A part is never worth more than the whole.
    return [name, { value: Math.min(value, evpi.value), se }] as const
  })
  const names = program.offers.map(({ name }) => name)
  return {
    best: names[best],
    evpi,
    evppi: Object.fromEntries(evppi),
    words: wordsOf(names[best], evpi, evppi, question.scenario.currency),
  }
}

/** @throws UsageError where no such input is drawn once a trial */
export function inputPlace({ scenario, program }: Question, name: string): number {
  const canonical = canonicalName(scenario, name)
  const place = program.inputs.findIndex((own) => own.name === canonical)
  if (place < 0) {
    const known = program.inputs.map((own) => own.name).join(', ') || 'there is none'
    throw new UsageError(`expected an input that is drawn once a trial (${known}), got ${shown(name)}`)
  }
  return place
}

function wordsOf(best: string, evpi: Estimate, evppi: readonly (readonly [string, Estimate])[], currency: string): string {
  const money = (value: number) => formatMoney(value, currency)
  if (evpi.value === 0) return `Sign ${best}: nothing that could be found out would change that.`
  const [first] = [...evppi].sort(([, a], [, b]) => b.value - a.value)
  if (!first || first[1].value < 0.5)
    return `Sign ${best}: no single input is worth finding out first (all that is uncertain together is worth up to ${money(evpi.value)}).`
  return `Knowing ${first[0]} before signing is worth up to ${money(first[1].value)}; finding out that costs more is not worth it.`
}
