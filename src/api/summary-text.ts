import { singlePlanHolds } from '../questions/budget/single-plan.ts'
import type { Finished } from './run.ts'
import { titlesOf } from './titles.ts'

/** What the text of a summary needs beside the summary. */
export const summaryTextOf = ({ scenario, summary, trials }: Pick<Finished, 'scenario' | 'summary' | 'trials'>) => ({
  titles: titlesOf(scenario),
  holds: (offer: string) => singlePlanHolds(trials, summary, offer),
})
