// Finds the best size of a pilot: the value of its information (EVSI) minus its cost (Raiffa and Schlaifer, Applied Statistical Decision
// Theory, 1961; Heath, Manolopoulou and Baio, Medical Decision Making 37, 2017).
import { shown, UsageError } from '../../errors.ts'
import { formatMoney } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import { checkOptions } from '../../options/check.ts'
import { type PilotOptions, piloting } from '../../options/questions.ts'
import { type Pace, paced } from '../../pace.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import { uncertainInputs } from '../../scenario/names.ts'
import type { Estimate } from '../../summary/summary.ts'
import { sampled } from '../trials.ts'
import { bestByMean, perfect, withLoss, worth } from './decided.ts'
import { bestIn, inputPlace } from './information.ts'
import { coversAll, knowledgeOf, stratifiedTrials } from './knowledge.ts'
import { countingResolved, measuring, type Observation, scaling } from './observation.ts'
import { halvesOf, worthOfSignal } from './preposterior.ts'
import { type Question, questionOf } from './question.ts'

export interface PilotSize {
  /** The number of observations: conversations, months, or whatever the pilot measures. */
  readonly n: number
  /** Expected value of the pilot's information. Money. */
  readonly evsi: Estimate
  /** `evsi` minus the cost of the pilot. */
  readonly net: Estimate
}

export interface Pilot {
  readonly input: string
  /** What one observation is. */
  readonly unit: Observation['unit']
  readonly sizes: readonly PilotSize[]
  /** Expected value of knowing the input exactly, which no pilot exceeds. Money. */
  readonly evppi: Estimate
  /** The size with the highest net value. 0 if no pilot is worth its cost. */
  readonly best: number
  readonly words: string
}

/** Sizes to try, by what one observation is. */
const SIZES: Readonly<Record<Observation['unit'], readonly number[]>> = {
  conversations: [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000],
  months: [1, 2, 3, 6, 12, 24],
  observations: [1, 2, 5, 10, 20, 50, 100],
}
const MOST = 1e9

export async function pilotOf(input: string | object, options: PilotOptions, reader: Reader): Promise<Pilot> {
  checkOptions(options, piloting)
  const { sizes, cost: { fixed = 0, each = 0 } = {} } = options
  if (sizes?.length === 0)
    throw new UsageError('sizes: expected at least one number of observations, such as [500, 2000], got none')
  for (const n of sizes ?? [])
    if (!(Number.isInteger(n) && n >= 1 && n <= MOST))
      throw new UsageError(`sizes: expected whole numbers from 1 to ${formatNumber(MOST)}, got ${shown(n)}`)
  for (const [name, amount] of Object.entries({ fixed, each }))
    if (!(Number.isFinite(amount) && amount >= 0))
      throw new UsageError(`cost.${name}: expected an amount of 0 or more, such as 5000, got ${shown(amount)}`)
  return paced(options, async (pace) => {
    const question = await questionOf(input, reader, options)
    const place = inputPlace(question, options.input)
    const observation = observationOf(question, place, options)
    return piloted(question, { place, observation, sizes: sizes ?? SIZES[observation.unit], fixed, each }, pace)
  })
}

/**
 * What the pilot observes. Without a stated noise, a share is counted, and the plan's own monthly noise blurs the volume.
 * @throws UsageError if the options do not say how to observe the input
 */
function observationOf({ scenario, program }: Question, place: number, { cv, sd }: PilotOptions): Observation {
  const { name } = program.inputs[place]
  if (cv !== undefined && sd !== undefined)
    throw new UsageError('cv, sd: expected only one of them, because both state the noise of an observation')
  if (sd !== undefined) return measuring(sd)
  if (cv !== undefined) return scaling(cv)
  const { noise } = scenario.conversations
  if (name === 'conversations.base' && noise) return scaling(noise.cv, 'months', noise.autocorrelation)
  if (uncertainInputs(scenario).find((one) => one.name === name)?.field.kind === 'share') return countingResolved
  throw new UsageError(
    `cv, sd: expected the noise of one observation, such as cv: 0.08 (8% of its value) or sd: 0.05, because a pilot cannot count ${name}`,
  )
}

interface Pilots {
  readonly place: number
  readonly observation: Observation
  readonly sizes: readonly number[]
  readonly fixed: number
  readonly each: number
}

async function piloted(question: Question, { place, observation, sizes, fixed, each }: Pilots, pace: Pace): Promise<Pilot> {
  const { model, plan, seed, starts, program } = question
  pace.expect(plan.trials * (4 + sizes.length))
  const column = await pace.through(sampled(model, plan, seed, model.costs))
  const costs = model.costs.map(column)
  const best = bestByMean(costs, starts)
  const knowledge = await pace.through(knowledgeOf(question, [place], costs, best))
  const trials = await pace.through(stratifiedTrials(question))
  const decision = { costs, best, trials, ...bestIn(question, best) }
  const { loss, ...known } = await pace.through(worth(knowledge, decision))
  const evpi = perfect(decision)
  const evppi = coversAll(question, [place]) ? evpi : { value: Math.min(known.value, evpi.value), se: known.se }
  const [{ values }] = knowledge.known
  if (observation.positive && !values.every((value) => value > 0))
    throw new UsageError(
      `cv: expected an input above 0, because the noise multiplies it. ${program.inputs[place].name} can be 0 or less: state sd instead`,
    )
  const about = { halves: await pace.through(halvesOf(knowledge, values, starts)), values, decision }
  const worths = new Map<number, Estimate>()
  let least = 0
  for (const n of [...new Set(sizes)].sort((a, b) => a - b)) {
    const { value, se } = await pace.through(worthOfSignal(knowledge, about, observation.signal(n)))
    // A larger pilot shows all that a smaller one does, and never more than the input itself.
    least = Math.min(evppi.value, Math.max(least, value))
    worths.set(n, { value: least, se: withLoss(se, evppi.value > 0 ? (loss * least) / evppi.value : loss) })
  }
  const found = sizes.map((n): PilotSize => {
    const evsi = worths.get(n) ?? { value: 0, se: 0 }
    return { n, evsi, net: { value: evsi.value - fixed - each * n, se: evsi.se } }
  })
  const top = found.reduce((a, b) => (b.net.value > a.net.value ? b : a))
  const isWorth = top.net.value > 0
  const money = (value: number) => formatMoney(value, question.scenario.currency)
  const words = isWorth
    ? `Run a pilot of ${formatNumber(top.n)} ${observation.unit}: its information is worth ${money(top.evsi.value)}${top.net.value === top.evsi.value ? '' : `, or ${money(top.net.value)} after its cost`}.`
    : `Do not run a pilot: none of these sizes is worth its cost. The best one costs ${money(fixed + each * top.n)} and its information is worth ${money(top.evsi.value)}.`
  return { input: program.inputs[place].name, unit: observation.unit, sizes: found, evppi, best: isWorth ? top.n : 0, words }
}
