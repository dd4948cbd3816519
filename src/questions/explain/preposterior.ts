// The expected value of a pilot's information (EVSI). Bayes' rule gives what each signal of the pilot says about the input, and so which
// offer you would then sign. Each trial counts every signal that its own input can send, with its probability, so that no pilot is drawn.
import { exp } from '../../numerics/kernel/math.ts'
import { orderOf } from '../../numerics/estimators/order-of.ts'
import { estimateOf } from '../../numerics/estimators/figure.ts'
import type { Steps } from '../../pace.ts'
import type { Estimate } from '../../summary/summary.ts'
import { type Decision, type Prediction, unseenGain } from './decided.ts'
import type { Signal } from './observation.ts'
import { stratifiedMean } from './stratified.ts'

/** Values of the input at which Bayes' rule weighs the signals. */
const MOST_NODES = 256
/** Signals at which the choice is examined, beside the typical signals of the nodes. */
const SIGNALS = 256
/** No signal lies farther from its center, in standard deviations. */
const FARTHEST = 6

/** The number of trials, in the order of the input, between two at which the probabilities of the signals are computed. The others are interpolated. */
const STRIDE = 16

/** One half of the replicates, from the lowest value of the input to the highest. */
export interface Half {
  /** The trials in the order of the input. */
  readonly trials: Uint32Array
  /** Mean values of the input in groups of equally many trials. */
  readonly nodes: Float64Array
  /** The mean gain of each offer that a group's input predicts. */
  readonly gains: readonly Float64Array[]
}

/** Both halves. The predictions of each are fitted on the other one. */
export function* halvesOf({ expected }: Prediction, values: Float64Array, starts: readonly number[]): Steps<Half[]> {
  const order = yield* orderOf(values)
  const odd = new Uint8Array(values.length)
  for (let r = 1; r + 1 < starts.length; r += 2) odd.fill(1, starts[r], starts[r + 1])
  return [0, 1].map((half) => {
    const trials = order.filter((i) => odd[i] === half)
    const count = Math.max(1, Math.min(MOST_NODES, trials.length))
    const edges = Array.from({ length: count + 1 }, (_, k) => Math.floor((k * trials.length) / count))
    const meansOf = (column: Float64Array) =>
      Float64Array.from({ length: count }, (_, k) => {
        let sum = 0
        for (let j = edges[k]; j < edges[k + 1]; j++) sum += column[trials[j]] - column[trials[edges[k]]]
        return column[trials[edges[k]]] + sum / Math.max(1, edges[k + 1] - edges[k])
      })
    return { trials, nodes: meansOf(values), gains: expected.map(meansOf) }
  })
}

/** The value of a signal: the mean gain of the offers that you would sign after it. At least 0, since you can ignore it. */
export function* worthOfSignal(
  { gains }: Prediction,
  { halves, values, decision }: { readonly halves: readonly Half[]; readonly values: Float64Array; readonly decision: Decision },
  signal: Signal,
): Steps<Estimate> {
  const gained = new Float64Array(values.length)
  for (const half of halves) {
    const choices = yield* choicesAfter(half, signal, decision.best)
    const tails = choices.slice(0, -1).map(({ upTo }) => signal.below(upTo))
    yield 0
    for (let from = 0; from < half.trials.length; from += STRIDE) {
      const to = Math.min(half.trials.length, from + STRIDE)
      const [low, high] = [values[half.trials[from]], values[half.trials[to - 1]]]
      const [atLow, atHigh] = [low, high].map((x) => chancesOf(tails, x))
      for (let j = from; j < to; j++) {
        const i = half.trials[j]
        const share = high > low ? (values[i] - low) / (high - low) : 0
        for (let k = 0; k < choices.length; k++)
          gained[i] += (atLow[k] + share * (atHigh[k] - atLow[k])) * gains[choices[k].offer][i]
      }
    }
    yield half.trials.length
  }
  const { value, se } = estimateOf(stratifiedMean(decision.trials, (i) => gained[i], unseenGain(decision)))
  return { value: Math.max(0, value), se }
}

/** The probabilities of the choices, given those of signals up to each bound. */
function chancesOf(tails: readonly ((x: number) => number)[], x: number): number[] {
  const upTo = [...tails.map((tail) => tail(x)), 1]
  return upTo.map((all, k) => Math.max(0, all - (upTo[k - 1] ?? 0)))
}

interface Choice {
  readonly offer: number
  /** The highest signal after which you sign this offer. */
  readonly upTo: number
}

/** The offer to sign after each signal, from the lowest signals to the highest. */
function* choicesAfter({ nodes, gains }: Half, signal: Signal, best: number): Steps<Choice[]> {
  const choices: Choice[] = []
  const signals = signalsOf(nodes, signal)
  const likelihoods = Array.from(nodes, signal.logLikelihood)
  const weights = new Float64Array(nodes.length)
  for (const [k, own] of signals.entries()) {
    yield 0
    let most = -Infinity
    for (let j = 0; j < nodes.length; j++) {
      weights[j] = likelihoods[j](own)
      most = Math.max(most, weights[j])
    }
    for (let j = 0; j < nodes.length; j++) weights[j] = weights[j] > most - 50 ? exp(weights[j] - most) : 0
    let [offer, highest] = [best, 0]
    gains.forEach((gain, candidate) => {
      let sum = 0
      for (let j = 0; j < nodes.length; j++) sum += weights[j] * gain[j]
      if (sum > highest) [offer, highest] = [candidate, sum]
    })
    const last = choices.at(-1)
    const next = signals[k + 1] ?? own
    // A choice holds up to the middle between two signals. A count is whole.
    const upTo = signal.count === undefined ? (own + next) / 2 : Math.floor((own + next) / 2)
    if (last?.offer === offer) choices.pop()
    choices.push({ offer, upTo })
  }
  return choices
}

/** Signals from the lowest that is likely to the highest: all counts if there are few of them. */
function signalsOf(nodes: Float64Array, { count, center, spread }: Signal): number[] {
  if (count !== undefined && count <= SIGNALS) return Array.from({ length: count + 1 }, (_, k) => k)
  const centers = Array.from(nodes, center)
  const reach = FARTHEST * Math.max(...Array.from(nodes, spread))
  const [low, high] = [Math.min(...centers) - reach, Math.max(...centers) + reach]
  const even = Array.from({ length: SIGNALS + 1 }, (_, k) => low + (k / SIGNALS) * (high - low))
  const all = [...centers, ...even]
  const possible = count === undefined ? all : all.map((one) => Math.min(count, Math.max(0, Math.round(one))))
  return [...new Set(possible)].sort((a, b) => a - b)
}
