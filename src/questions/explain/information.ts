// Estimates how much it is worth to learn inputs before you sign.
import { sampled } from '../trials.ts'
import { shown, UsageError } from '../../errors.ts'
import { formatMoney } from '../../notation/money.ts'
import { type Pace, paced, type Steps } from '../../pace.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Estimate } from '../../summary/summary.ts'
import { canonicalName } from '../../scenario/names.ts'
import { bestByMean, type Decision, perfect, worth } from './decided.ts'
import { coversAll, knowledgeOf, stratifiedTrials } from './knowledge.ts'
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

/** The passes over the trials for each group: its inputs, its twins, and the choices that they make. */
const PASSES = 3

export async function informationOf(
  input: string | object,
  options: InformationOptions,
  reader: Reader,
): Promise<ValueOfInformation> {
  checkOptions(options, informing)
  return paced(options, async (pace) => valued(await questionOf(input, reader, options), options.inputs, pace))
}

async function valued(question: Question, inputs: InformationOptions['inputs'], pace: Pace): Promise<ValueOfInformation> {
  const { model, plan, seed, starts, learnable } = question
  const wanted = (inputs ?? learnable.map(({ name }) => name)).map((one) => (typeof one === 'string' ? [one] : one))
  const groups = wanted.map((names) => [...new Set(names.map((name) => learnablePlace(question, name)))])
  pace.expect(plan.trials * (2 + PASSES * groups.length))
  const column = await pace.through(sampled(model, plan, seed, model.costs))
  const costs = model.costs.map(column)
  const best = bestByMean(costs, starts)
  await pace.turn()
  const trials = await pace.through(stratifiedTrials(question))
  const decision = { costs, best, trials, ...bestIn(question, best) }
  const evpi = perfect(decision)
  const evppi: [name: string, worth: Estimate][] = []
  for (const own of groups) {
    const name = own.map((k) => learnable[k].name).join(' + ')
    evppi.push([name, await pace.through(worthOf(question, own, { ...decision, evpi }))])
  }
  const name = question.offers[best]
  // Nobody finds out the future, whatever knowing it would be worth.
  const facts = evppi.filter((_, k) => groups[k].every((place) => place < question.program.inputs.length))
  return { best: name, evpi, evppi: Object.fromEntries(evppi), words: wordsOf(name, evpi, facts, question.scenario.currency) }
}

/** What no trial shows of the offer that you would sign today. */
export const bestIn = ({ beyond, model: { costs } }: Question, best: number): Pick<Decision, 'unseen' | 'loss'> => ({
  unseen: beyond.of(costs).map(({ unseen }) => unseen),
  loss: beyond.loss(costs, best),
})

/** The choice that you would make today, and what it could cost you. */
interface Today extends Decision {
  readonly evpi: Estimate
}

function* worthOf(question: Question, places: readonly number[], today: Today): Steps<Estimate> {
  const { costs, best, evpi } = today
  if (coversAll(question, places)) {
    yield PASSES * question.plan.trials
    return evpi
  }
  const { value, se } = yield* worth(yield* knowledgeOf(question, places, costs, best), today)
  // Some information is never worth more than all of it.
  return { value: Math.min(value, evpi.value), se }
}

/** The place of an input or of a history. @throws UsageError for any other name */
function learnablePlace(question: Question, name: string): number {
  const place = question.learnable.findIndex((own) => own.name === name)
  return place < question.program.inputs.length ? inputPlace(question, name) : place
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

/** Money is shown in whole units of the currency. A smaller value would be shown as 0. */
const LEAST = 0.5

function wordsOf(best: string, evpi: Estimate, evppi: readonly (readonly [string, Estimate])[], currency: string): string {
  const money = (value: number) => formatMoney(value, currency)
  if (evpi.value === 0 && evpi.se === 0) return `Sign ${best}: nothing that you could find out would change the choice.`
  if (evpi.value === 0) return `Sign ${best}: no other offer costs less in any simulated year.`
  const [first] = [...evppi].sort(([, a], [, b]) => b.value - a.value)
  if (!first || first[1].value < LEAST)
    return `Sign ${best}: no single input is worth finding out first. All inputs together are worth up to ${money(evpi.value)}.`
  return `Find out ${first[0]} before you sign if that costs less than ${money(first[1].value)}. Knowing it saves that much on average.`
}
