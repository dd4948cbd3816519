// Estimates how much it is worth to learn inputs before you sign.
import { sampled } from '../trials.ts'
import { shown, UsageError } from '../../errors.ts'
import { formatMoney } from '../../notation/money.ts'
import { type Pace, paced } from '../../pace.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Estimate } from '../../summary/summary.ts'
import { canonicalName } from '../../scenario/names.ts'
import { bestByMean, learned, perfect } from './decided.ts'
import { checkOptions } from '../../options/check.ts'
import { type InformationOptions, informing } from '../../options/questions.ts'
import { type Question, questionOf } from './question.ts'

export interface ValueOfInformation {
  /** The offer with the lowest mean, which you would sign without more information. */
  readonly best: string
  /** Expected value of perfect information. No information can be worth more. Money. */
  readonly evpi: Estimate
  /** Expected value of knowing one input, or a group of inputs such as "a + b". Money. */
  readonly evppi: Readonly<Record<string, Estimate>>
  readonly words: string
}

export async function informationOf(
  input: string | object,
  options: InformationOptions,
  reader: Reader,
): Promise<ValueOfInformation> {
  checkOptions(options, informing)
  return paced(options, async (pace) => valued(await questionOf(input, reader, options), options.inputs, pace))
}

async function valued(question: Question, inputs: InformationOptions['inputs'], pace: Pace): Promise<ValueOfInformation> {
  const { model, plan, seed, starts, program } = question
  const wanted = (inputs ?? program.inputs.map(({ name }) => name)).map((one) => (typeof one === 'string' ? [one] : one))
  const groups = wanted.map((names) => names.map((name) => inputPlace(question, name)))
  const scoreAt = (place: number) => model.inputs.score(program.inputs[place].dimension)
  pace.expect(plan.trials * (1 + groups.length))
  const column = await pace.through(sampled(model, plan, seed, [...model.costs, ...groups.flat().map(scoreAt)]))
  const costs = model.costs.map(column)
  const best = bestByMean(costs, starts)
  await pace.turn()
  const evpi = perfect(costs, best, starts)
  const evppi: [name: string, worth: Estimate][] = []
  for (const own of groups) {
    const name = own.map((k) => program.inputs[k].name).join(' + ')
    const scores = own.map((place) => column(scoreAt(place)))
    const { value, se } = await pace.through(learned(costs, best, scores, starts))
    // Some information is never worth more than all of it.
    evppi.push([name, { value: Math.min(value, evpi.value), se }])
  }
  const name = question.offers[best]
  return { best: name, evpi, evppi: Object.fromEntries(evppi), words: wordsOf(name, evpi, evppi, question.scenario.currency) }
}

/** @throws UsageError unless an input of that name is drawn once a trial */
export function inputPlace({ scenario, program }: Question, name: string): number {
  const canonical = canonicalName(scenario, name)
  const place = program.inputs.findIndex((own) => own.name === canonical)
  if (place < 0) {
    const known = program.inputs.map((own) => own.name).join(', ') || 'this plan has none'
    throw new UsageError(`expected an input that is drawn once a trial (${known}), got ${shown(name)}`)
  }
  return place
}

function wordsOf(best: string, evpi: Estimate, evppi: readonly (readonly [string, Estimate])[], currency: string): string {
  const money = (value: number) => formatMoney(value, currency)
  if (evpi.value === 0) return `Sign ${best}: nothing that you could find out would change the choice.`
  const [first] = [...evppi].sort(([, a], [, b]) => b.value - a.value)
  if (!first || first[1].value < 0.5)
    return `Sign ${best}: no single input is worth finding out first. All inputs together are worth up to ${money(evpi.value)}.`
  return `Find out ${first[0]} before you sign if that costs less than ${money(first[1].value)}. Knowing it saves that much on average.`
}
