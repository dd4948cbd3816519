// A finished run as the data of a report.
import { assumptionsOf, catalogSources } from '../present/report/assumptions.ts'
import type { Origin, ReportData } from '../present/report/data.ts'
import { fullFiguresOf } from '../present/report/figures.ts'
import { leversOf } from '../present/report/levers.ts'
import { parseText } from '../scenario/text.ts'
import type { Finished } from './run.ts'

/** Files that are larger make the page too large to send: the report is then without its living part. */
const MOST_FILES = 100_000

/** All of a report but its figures, which take a while to make. */
export type Telling = Omit<ReportData, 'figures'>

export function tellingOf({ scenario, warnings, written, options }: Finished, origin: Origin): Telling {
  const { data } = parseText(written.text)
  const { seed, method, measure, pairs } = options
  const length = Object.values(written.files).reduce((sum, file) => sum + file.length, written.text.length)
  return {
    titles: Object.fromEntries(
      scenario.offers.flatMap(({ name, title }) => (title !== undefined && title !== name ? [[name, title]] : [])),
    ),
    assumptions: assumptionsOf(scenario),
    sources: [...(scenario.sources ?? []), ...catalogSources(data)],
    notes: warnings,
    origin,
    live: {
      scenario: written.text,
      files: written.files,
      run: { seed, method, measure, ...(pairs === 'all' && { pairs }) },
      levers: length <= MOST_FILES ? leversOf(data, scenario) : [],
    },
  }
}

export const reportOf = (finished: Finished, telling: Telling): ReportData => ({
  ...telling,
  figures: fullFiguresOf(finished.summary, finished.trials),
})
