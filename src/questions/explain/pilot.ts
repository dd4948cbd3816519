// Finds the best size of a pilot: the value of its information (EVSI) minus its cost. A pilot of n conversations only shows how many of them
// were resolved (Strong, Oakley, Brennan and Breeze, Medical Decision Making 35, 2015).
import { normalQuantile } from '../../numerics/distributions/special/normal.ts'
import { shown, UsageError } from '../../errors.ts'
import { Arena } from '../../numerics/kernel/arena.ts'
import { formatMoney } from '../../notation/money.ts'
import { type Pace, paced, type Steps } from '../../pace.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Plan } from '../../numerics/random/plan.ts'
import { BlockWalk } from '../../simulation/walk.ts'
import type { Estimate } from '../../summary/summary.ts'
import { bestByMean, learned } from './decided.ts'
import { inputPlace } from './information.ts'
import { checkOptions } from '../../options/check.ts'
import { type PilotOptions, piloting } from '../../options/questions.ts'
import { sampled } from '../trials.ts'
import { type Question, questionOf } from './question.ts'
import { ranking } from './ranking.ts'
import { formatNumber } from '../../notation/number.ts'

export interface PilotSize {
  /** Conversations of the pilot. */
  readonly n: number
  /** Expected value of the pilot's information. Money. */
  readonly evsi: Estimate
  /** `evsi` minus the cost of the pilot. */
  readonly net: Estimate
}

export interface Pilot {
  readonly input: string
  readonly sizes: readonly PilotSize[]
  /** The size with the highest net value. 0 if no pilot is worth its cost. */
  readonly best: number
  readonly words: string
}

const SIZES = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000]
const MOST = 1e9
/** Trials in one step. */
const STRIDE = 65_536

export async function pilotOf(input: string | object, options: PilotOptions, reader: Reader): Promise<Pilot> {
  checkOptions(options, piloting)
  const { sizes = SIZES, cost: { fixed = 0, each = 0 } = {} } = options
  if (sizes.length === 0)
    throw new UsageError('sizes: expected at least one number of conversations, such as [500, 2000], got none')
  for (const n of sizes)
    if (!(Number.isInteger(n) && n >= 1 && n <= MOST))
      throw new UsageError(`sizes: expected whole numbers from 1 to ${formatNumber(MOST)}, got ${shown(n)}`)
  for (const [name, amount] of Object.entries({ fixed, each }))
    if (!(Number.isFinite(amount) && amount >= 0))
      throw new UsageError(`cost.${name}: expected an amount of 0 or more, such as 5000, got ${shown(amount)}`)
  return paced(options, async (pace) => {
    const question = await questionOf(input, reader, options)
    return piloted(question, options.input, { sizes, fixed, each }, pace)
  })
}

interface Pilots {
  readonly sizes: readonly number[]
  readonly fixed: number
  readonly each: number
}

async function piloted(question: Question, input: string, { sizes, fixed, each }: Pilots, pace: Pace): Promise<Pilot> {
  const { model, plan, seed, starts, program } = question
  const place = inputPlace(question, input)
  const { name } = program.inputs[place]
  const share = model.inputs.input(place)
  pace.expect(plan.trials * (1 + 2 * sizes.length))
  const column = await pace.through(sampled(model, plan, seed, [...model.costs, share]))
  const [costs, shares] = [model.costs.map(column), column(share)]
  if (!shares.every((value) => value >= 0 && value <= 1))
    throw new UsageError(`input: expected a share that a pilot can count, such as resolution.rate, got ${name}`)
  const best = bestByMean(costs, starts)
  const found: PilotSize[] = []
  for (const n of sizes) {
    const known = await pace.through(scores(counted(plan, seed, n, shares)))
    const evsi = await pace.through(learned(costs, best, [known], starts))
    found.push({ n, evsi, net: { value: evsi.value - fixed - each * n, se: evsi.se } })
  }
  const top = found.reduce((a, b) => (b.net.value > a.net.value ? b : a))
  const worth = top.net.value > 0
  const money = (value: number) => formatMoney(value, question.scenario.currency)
  const words = worth
    ? `Run a pilot of ${formatNumber(top.n)} conversations: its information is worth ${money(top.evsi.value)}, or ${money(top.net.value)} after its cost.`
    : `Do not run a pilot: none of these sizes is worth its cost. The best one costs ${money(fixed + each * top.n)} and its information is worth ${money(top.evsi.value)}.`
  return { input: name, sizes: found, best: worth ? top.n : 0, words }
}

/** How many of n conversations a pilot resolves, in each trial. */
function* counted(plan: Plan, seed: string, n: number, shares: Float64Array): Steps<Float64Array> {
  const arena = new Arena()
  const { ops } = arena.kernel
  const [numbers, sizes, chances, out] = [arena.column(), arena.column(), arena.column(), arena.column()]
  // The pilot has a seed of its own, so that its draws do not repeat those of the plan.
  const walk = new BlockWalk(arena, plan, `pilot of ${seed}`, [{ name: `pilot of ${n}`, coordinate: 0 }])
  const counts = new Float64Array(plan.trials)
  for (const { rows, first } of walk.blocks()) {
    const padded = (rows + 3) & ~3
    walk.fill(0, numbers, padded)
    ops.fill(sizes, padded, n)
    ops.fill(chances, padded, 0.5)
    arena.view(chances, rows).set(shares.subarray(first, first + rows))
    ops.binomial(numbers, sizes, chances, out, padded)
    counts.set(arena.view(out, rows), first)
    yield rows
  }
  return counts
}

/** Normal scores of ranks, because the regression works on normal scores. */
function* scores(counting: Steps<Float64Array>): Steps<Float64Array> {
  const ranks = yield* ranking(yield* counting)
  const n = ranks.length
  for (let from = 0; from < n; from += STRIDE) {
    yield 0
    for (let i = from; i < Math.min(n, from + STRIDE); i++) ranks[i] = normalQuantile((ranks[i] * (n - 1) + 0.5) / n)
  }
  return ranks
}
