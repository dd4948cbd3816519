// Every kind of chart: those of a run with the names that they take, and the others with the command that draws them. The library, `--chart`
// and the gallery of docs/ follow this list.

const OFFER = 'the name of an offer'
const INPUT = 'the name of an input'

interface Names {
  readonly count: number
  readonly expected: string
}

const NONE: Names = { count: 0, expected: 'no names' }
const ONE_OFFER: Names = { count: 1, expected: OFFER }
const ONE_INPUT: Names = { count: 1, expected: INPUT }

/** `result.chart(…)` draws these, and `billcast run --chart`. */
export const RUN_CHARTS = {
  bars: NONE,
  's-curves': NONE,
  'break-even': ONE_INPUT,
  fan: ONE_OFFER,
  's-curve': ONE_OFFER,
  distributions: NONE,
  cheapest: NONE,
  pairwise: NONE,
  layers: NONE,
  monthly: NONE,
  quarters: ONE_OFFER,
  parts: ONE_OFFER,
  segments: ONE_OFFER,
  'segment-risk': ONE_OFFER,
  heads: ONE_OFFER,
  ledger: ONE_OFFER,
  acceptability: ONE_INPUT,
  winners: { count: 2, expected: 'the names of two inputs' },
  convergence: { count: 2, expected: 'a figure and the name of an offer' },
  experts: ONE_INPUT,
} as const satisfies Readonly<Record<string, Names>>

export type ChartKind = keyof typeof RUN_CHARTS

/** `charts.KIND(…)` draws the answer of another question, and the command of that question draws it by `--chart`. */
export const ANSWER_CHARTS = {
  tornado: 'explain',
  information: 'explain',
  pilot: 'pilot',
  commitment: 'optimize',
  diff: 'diff',
  sweep: 'sweep',
  backtest: 'backtest',
  pit: 'backtest',
  history: 'calibrate',
  track: 'track',
  definitions: 'audit',
  funnel: 'audit',
  histogram: 'fit',
  quantiles: 'fit',
  portfolio: 'portfolio',
  diversification: 'portfolio',
} as const

export type AnswerChart = keyof typeof ANSWER_CHARTS
