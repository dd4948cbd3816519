// Every plan in examples/, run with few trials, and the data of its report.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { reportDataOf } from '../../../src/api/output.ts'
import { runScenario } from '../../../src/api/run.ts'
import { titlesOf } from '../../../src/api/titles.ts'
import { nodeHome } from '../../../src/platform/node/home.ts'
import type { ReportData } from '../../../src/present/report/data.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'

/** The paths of all plans with offers, in the order of the alphabet. */
export const EXAMPLES: readonly string[] = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml') && /^offers:/m.test(readFileSync(join('examples', file), 'utf8')))
  .map((file) => file.replaceAll('\\', '/').slice(0, -'.yaml'.length))
  .sort()

async function reportOf(text: string, folder: string, page: boolean) {
  const reader = { read: (path: string) => Promise.resolve(readFileSync(join(folder, path))) }
  const finished = await runScenario(text, { trials: 2_048 }, { executor: () => inlineExecutor, reader })
  return { finished, data: await reportDataOf(finished, nodeHome, page) }
}

/** @param page whether the data are for a page, which has sliders */
export async function exampleReport(example: string, page: boolean) {
  const file = `examples/${example}.yaml`
  const text = readFileSync(file, 'utf8')
  const { data, finished } = await reportOf(text, dirname(file), page)
  return { data, summary: finished.summary, titles: titlesOf(finished.scenario), text }
}

/** The report of a plan without files, for a page. */
export const planReport = async (text: string): Promise<ReportData> => (await reportOf(text, '.', true)).data
