// Summarizes a finished run: every statistic with its standard error.
import type { Outcome } from '../run/run.ts'
import type { PointEstimate } from '../invoice/point.ts'
import type { Functional } from '../numerics/estimators/layout.ts'
import { formatMonth } from '../months.ts'
import { eventsOf, type Program } from '../compile/program.ts'
import { weighedJumps } from '../preintegration/sampling.ts'
import { comparisonOf } from './comparison.ts'
import type { Heading, Read } from './cost.ts'
import { RunEstimates } from './estimates.ts'
import { headlineOf } from './headline.ts'
import { offerSummary } from './offer.ts'
import type { DriverSummary, Summary } from './summary.ts'

/** The version of the random numbers. Raise it when any draw changes. */
export const STREAMS = 2

export function summarize(outcome: Outcome, heading: Heading, point: readonly PointEstimate[]): Summary {
  const { program, plan, measured, monthlyTrials, seed } = outcome
  const read = readingOf(outcome, heading)
  const names = program.offers.map(({ name }) => name)
  const rate = rateSummary(read)
  return {
    format: 2,
    streams: STREAMS,
    name: heading.name,
    currency: heading.currency,
    trials: plan.trials,
    monthlyTrials,
    seed,
    method: plan.method,
    months: measured.tickets.map((_, m) => formatMonth(heading.start + m)),
    offers: Object.fromEntries(names.map((name, k) => [name, offerSummary(read, k, point[k])] as const)),
    drivers: { conversations: conversationsSummary(read), ...(rate && { rate }) },
    comparison: comparisonOf(read, names),
  }
}

/** The sample and the integrated figures of a run. */
export function readingOf(outcome: Outcome, heading: Heading): Read {
  const { program, measured, lines } = outcome
  const estimates = new RunEstimates(outcome)
  const costs = measured.offers.map((offer) => {
    const { series } = offer[program.measure]
    return { sd: estimates.sd(series).value, max: estimates.extremes(series).max }
  })
  const weighed = weighedJumps(program)
  const headline = headlineOf(lines, costs, {
    rarest: rarestEvent(program),
    jumps: program.jumps.filter((own) => own !== weighed),
  })
  return { outcome, heading, estimates, headline }
}

/** The mean number of starts per trial of the rarest kind of event. */
function rarestEvent(program: Program): number | undefined {
  const events = eventsOf(program).filter(({ probability }) => probability > 0)
  return events.length === 0 ? undefined : program.months * Math.min(...events.map(({ probability }) => probability))
}

function conversationsSummary({ outcome: { measured }, estimates }: Read): DriverSummary {
  const { tickets, means } = measured
  const { heaviest } = estimates
  const mean = (functional: Functional) => estimates.mean(functional, heaviest)
  return { mean: mean(means.sumOf(tickets)), monthly: tickets.map((month) => ({ mean: mean(month) })) }
}

/** The genuine resolution rate, weighted by conversations. It is absent if the AI takes part in none. */
function rateSummary({ outcome: { measured }, estimates }: Read): DriverSummary | undefined {
  const { genuine, involved, means } = measured
  const mean = genuine && estimates.ratio(means.sumOf(genuine), means.sumOf(involved))
  if (!genuine || !mean) return undefined
  return { mean, monthly: genuine.map((month, m) => ({ mean: estimates.ratio(month, involved[m]) ?? { value: 0, se: 0 } })) }
}
