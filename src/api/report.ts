// The content of a finished run's report.
import { formatNumber } from '../notation/number.ts'
import { assumptionsOf, catalogSources } from '../present/report/assumptions.ts'
import type { Origin, ReportData } from '../present/report/data.ts'
import { leversOf } from '../present/report/levers.ts'
import { statedPlan } from '../present/words/plan.ts'
import { parseText } from '../scenario/text.ts'
import type { Finished } from './run.ts'
import { movingLevers } from './moving.ts'
import { titlesOf } from './titles.ts'

/** With larger files the page would be too large to send, so that the report has no sliders. Characters. */
const MOST_FILES = 1_000_000

/** The content of a report without its figures, which take a while. */
export type ReportFacts = Omit<ReportData, 'figures'>

/** @param page whether a page shows them: finding the sliders that move a cost takes a few runs */
export async function reportFactsOf(
  { scenario, warnings, written, options }: Finished,
  origin: Origin,
  page: boolean,
): Promise<ReportFacts> {
  const { data } = parseText(written.text)
  const titles = titlesOf(scenario)
  const { seed, method, measure, pairs, preintegration } = options
  const run = { seed, method, measure, ...(pairs === 'all' && { pairs }) }
  const length = Object.values(written.files).reduce((sum, file) => sum + file.length, written.text.length)
  const large = `The report has no sliders: the plan and its files have ${formatNumber(length)} characters, and the limit is ${formatNumber(MOST_FILES)}. Sum histories to months.`
  return {
    titles,
    assumptions: assumptionsOf(scenario),
    stated: statedPlan(data, scenario),
    sources: [...(scenario.sources ?? []), ...catalogSources(data)],
    notes: length > MOST_FILES ? [...warnings, large] : warnings,
    origin,
    live: {
      scenario: written.text,
      files: written.files,
      run,
      ...(preintegration === false && { sampled: true as const }),
      levers: page && length <= MOST_FILES ? await movingLevers(written, leversOf(data, scenario, titles), run) : [],
    },
  }
}
