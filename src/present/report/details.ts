// The last part of a report: all budgets, how precise they are, and how to get the same figures again.
import { trialsWord } from '../../months.ts'
import { formatShare } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import { amountsOf } from '../../questions/compare/rounding.ts'
import { inSentence } from '../../questions/compare/verdict-words.ts'
import type { ReportData } from './data.ts'
import { inputWords } from './drivers.ts'
import { amountOrDash, type Piece, table } from './pieces.ts'
import { BUDGET_LEVELS } from './precision.ts'
import { stated, withError } from './text.ts'

/** The budgets of every offer. */
export function statistics({ figures: { summary } }: ReportData): Piece {
  const { offers, comparison, months } = summary
  const { whole } = amountsOf(summary)
  const rows = Object.entries(offers).map(([name, own]) => {
    const { mean, percentiles, point } = own[comparison.measure]
    return [name, whole.text(point), whole.text(mean.value), ...BUDGET_LEVELS.map((p) => amountOrDash(percentiles[p], whole))]
  })
  return table(
    `P80 is the budget that is enough in 80 of 100 ${trialsWord(months.length)}.`,
    ['contract', 'single-number plan', 'average', 'P50', 'P80', 'P90', 'P95'],
    rows,
  )
}

export function methodPieces({ figures, origin, owners }: ReportData): Piece[] {
  const { trials, method: sampling, seed, comparison } = figures.summary
  const how = { sobol: "scrambled Sobol' points", latin: 'Latin hypercubes', random: 'plain random sampling' }[sampling]
  // A seed may contain anything, so it is quoted for the shell.
  const word = /^[\w.-]+$/.test(seed) ? seed : `'${seed.replaceAll("'", "'\\''")}'`
  return [
    {
      kind: 'text',
      text: `billcast ran ${formatNumber(trials)} trials by ${how}, and billed every offer on the same trials. A standard error says how far a figure would move with another seed. It does not say whether the assumptions hold.`,
    },
    { kind: 'details', summary: 'Show the standard errors', pieces: errorsOf(figures, owners) },
    ...(figures.convergence
      ? [
          {
            kind: 'details' as const,
            summary: 'Show how P80 settles as trials are added',
            pieces: [...convergenceWords(figures), { kind: 'charts' as const, of: 'trials' as const }],
          },
        ]
      : []),
    {
      kind: 'text',
      text: 'The same plan, seed, method and number of trials give the same figures to the last digit, on any machine:',
    },
    {
      kind: 'command',
      text: `billcast run SCENARIO --trials ${trials} --seed ${word} --method ${sampling} --measure ${comparison.measure}`,
    },
    { kind: 'small', text: `billcast ${origin.version}, scenario ${origin.scenarioHash}, identity ${origin.identity}` },
  ]
}

/** Exact figures with their standard errors, for those who ask. */
function errorsOf({ summary, drivers, best }: ReportData['figures'], owners: ReportData['owners']): Piece[] {
  const { offers, comparison, currency } = summary
  const rows = Object.entries(offers).map(([name, offer]) => {
    const { mean, percentiles } = offer[comparison.measure]
    const { value, se } = comparison.cheapest[name]
    return [
      name,
      stated(mean, currency),
      ...BUDGET_LEVELS.map((p) => stated(percentiles[p], currency)),
      `${formatShare(value)} ± ${formatShare(se, 2)}`,
      stated(comparison.regret[name], currency),
    ]
  })
  const head = ['contract', 'average', 'P50', 'P80', 'P90', 'P95', 'cheapest', 'regret']
  const ranks = drivers.map(({ input, rank }) => [inputWords(input, owners), `${rank.value.toFixed(2)} ± ${rank.se.toFixed(3)}`])
  const caption = `The rank correlation of each input with the cost of ${inSentence(best)}.`
  return [
    table('Figures as computed. ± is the standard error of the simulation.', head, rows),
    ...(ranks.length > 0 ? [table(caption, ['input', 'rank correlation'], ranks)] : []),
  ]
}

/** How P80 settles, in words beside its chart. */
function convergenceWords({ convergence, summary: { currency } }: ReportData['figures']): Piece[] {
  if (!convergence) return []
  const { offer, title, points, integrated } = convergence
  const [first, last] = [points[0], points[points.length - 1]]
  const after = (point: typeof first) => `${withError(point, currency)} after ${formatNumber(point.trials)} trials`
  const exact = integrated ? ` Integrated along lines, as in the budgets, it is ${withError(integrated, currency)}.` : ''
  return [
    { kind: 'text', text: `Counted in trials, ${title} of ${inSentence(offer)} is ${after(first)} and ${after(last)}.${exact}` },
  ]
}
