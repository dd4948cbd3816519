// Every question that the library answers from trials, by the name of its function. A worker thread answers a question by its name.
import type { HistoryRow } from '../forecasting/history/rows.ts'
import { backtesting } from '../options/history.ts'
import type { OptionGroup, OptionsOf } from '../options/option.ts'
import {
  breakingEven,
  combining,
  comparing,
  informing,
  optimizing,
  piloting,
  pricing,
  reforecasting,
  sensing,
  stressing,
  tracking,
} from '../options/questions.ts'
import type { Reader } from '../scenario/resolve/resolve.ts'
import type { Scenario } from '../scenario/plan.generated.ts'
import type { Vary } from './negotiate/sweep.ts'

type Given = string | Scenario

/** @param answer receives what the question is about, such as a plan and an offer: data that can be sent to a thread */
const question = <G extends OptionGroup, About extends readonly unknown[], Answer>(
  options: G,
  answer: (about: About, options: OptionsOf<G>, reader: Reader) => Promise<Answer>,
) => ({ options, answer })

export const QUESTIONS = {
  breakEven: question(breakingEven, async ([plan, path, offers]: [Given, string, readonly [string, string]], options, reader) =>
    (await import('./negotiate/break-even.ts')).breakEvenOf(plan, path, offers, reader, options),
  ),
  fairPrice: question(pricing, async ([plan, path]: [Given, string], options, reader) =>
    (await import('./negotiate/fair-price.ts')).fairPriceOf(plan, path, options, reader),
  ),
  optimize: question(optimizing, async ([plan]: [Given], options, reader) =>
    (await import('./negotiate/optimize.ts')).optimumOf(plan, options, reader),
  ),
  sweep: question(comparing, async ([plan, vary]: [Given, Vary], options, reader) => {
    const { fields, rows } = await (await import('./negotiate/sweep.ts')).sweepRows(plan, vary, reader, options)
    return { fields: fields.map(({ path, asked }) => ({ path, asked })), rows }
  }),
  diff: question(comparing, async ([from, to]: [Given, Given], options, reader) =>
    (await import('./explain/diff.ts')).diffOf(from, to, reader, options),
  ),
  sensitivity: question(sensing, async ([plan]: [Given], options, reader) =>
    (await import('./explain/sensitivity.ts')).sensitivityOf(plan, options, reader),
  ),
  valueOfInformation: question(informing, async ([plan]: [Given], options, reader) =>
    (await import('./explain/information.ts')).informationOf(plan, options, reader),
  ),
  pilot: question(piloting, async ([plan]: [Given], options, reader) =>
    (await import('./explain/pilot.ts')).pilotOf(plan, options, reader),
  ),
  stress: question(stressing, async ([plan]: [Given], options, reader) =>
    (await import('./explain/stress.ts')).stressOf(plan, options, reader),
  ),
  reforecast: question(reforecasting, async ([plan]: [Given], options, reader) =>
    (await import('./replan/reforecast.ts')).reforecastOf(plan, options, reader),
  ),
  track: question(tracking, async ([plan]: [Given], options, reader) =>
    (await import('./replan/track.ts')).trackOf(plan, options, reader),
  ),
  portfolio: question(combining, async ([input]: [string | object], options, reader) =>
    (await import('./portfolio/portfolio.ts')).portfolioOf(input, reader, options),
  ),
  backtest: question(backtesting, async ([history]: [string | readonly HistoryRow[]], options) =>
    (await import('./backtest/backtest.ts')).backtestOf(history, options),
  ),
} as const

export type QuestionName = keyof typeof QUESTIONS
type AnswerOf<N extends QuestionName> = (typeof QUESTIONS)[N]['answer']
export type About<N extends QuestionName> = Parameters<AnswerOf<N>>[0]
export type Options<N extends QuestionName> = Parameters<AnswerOf<N>>[1]
export type AnswerTo<N extends QuestionName> = Awaited<ReturnType<AnswerOf<N>>>

/** A question as data. */
export interface Request {
  readonly name: QuestionName
  readonly about: readonly unknown[]
  readonly options: object
}

/** Answers a question on this thread. */
export const answerOf = ({ name, about, options }: Request, reader: Reader): Promise<unknown> =>
  (QUESTIONS[name].answer as (about: readonly unknown[], options: object, reader: Reader) => Promise<unknown>)(
    about,
    options,
    reader,
  )
