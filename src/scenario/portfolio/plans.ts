// Reads the plans of a portfolio, each from its own file or from where it stands.
import { type Problem, ScenarioError, shown } from '../../errors.ts'
import { nearest } from '../../notation/near.ts'
import { readScenario } from '../read.ts'
import type { ResolvedScenario } from '../resolved.ts'
import { type Reader, resolve } from '../resolve/resolve.ts'
import { canonicalName } from '../names.ts'
import type { RawPortfolio } from './schema.ts'

/** One plan of a portfolio, with the offer that it signs. */
export interface PortfolioPlan {
  readonly name: string
  readonly offer: string
  /** The plan, with no other offer. */
  readonly scenario: ResolvedScenario
  readonly warnings: readonly string[]
  /** Its name, and its file if it has one, as messages begin. */
  readonly place: string
}

/** Reads every plan, and adds the problems of all. */
export async function readPlans({ plans }: RawPortfolio, reader: Reader, problems: Problem[]): Promise<PortfolioPlan[]> {
  const found: PortfolioPlan[] = []
  for (const [name, entry] of Object.entries(plans)) {
    const path = `plans.${name}`
    if ((entry.file === undefined) === (entry.scenario === undefined)) {
      problems.push({ path, message: 'expected either `file` or `scenario`, which holds the plan itself' })
      continue
    }
    try {
      const plan = await planOf(name, entry, reader)
      const problem = problemOf(plan, entry.offer)
      if (problem) problems.push({ path: `${path}${problem.path}`, message: problem.message })
      else found.push({ ...plan, name, offer: entry.offer, scenario: signing(plan.scenario, entry.offer) })
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error
      problems.push(...error.problems.map((problem) => placed(problem, path, entry.file)))
    }
  }
  return found
}

type Entry = RawPortfolio['plans'][string]
type ReadPlan = Pick<PortfolioPlan, 'scenario' | 'warnings' | 'place'>

async function planOf(name: string, { file, scenario }: Entry, reader: Reader): Promise<ReadPlan> {
  if (file === undefined) {
    const { scenario: resolved, warnings } = await resolve(readScenario(scenario ?? {}), reader)
    return located(resolved, warnings, `plans.${name}`)
  }
  const { scenario: resolved, warnings } = await resolve(readScenario(await textOf(file, reader)), readerBeside(file, reader))
  return located(resolved, warnings, `plans.${name} (${file})`)
}

const located = (scenario: ResolvedScenario, warnings: readonly string[], place: string): ReadPlan => ({
  scenario,
  place,
  warnings: warnings.map((words) => `${place}: ${words}`),
})

async function textOf(file: string, reader: Reader): Promise<string> {
  let bytes: Uint8Array
  try {
    bytes = await reader.read(file)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ScenarioError([{ path: 'file', message: `expected a readable file with a plan, but ${reason}, got ${shown(file)}` }])
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ScenarioError([{ path: 'file', message: `expected text in UTF-8, got ${shown(file)}` }])
  }
}

/** Files that a plan names are beside it. */
function readerBeside(file: string, reader: Reader): Reader {
  const end = file.replaceAll('\\', '/').lastIndexOf('/')
  const folder = end < 0 ? '' : file.slice(0, end + 1)
  return { read: (path) => reader.read(within(folder, path)) }
}

/** Joins names of files with slashes, and drops `./` and what `../` leaves. */
function within(folder: string, path: string): string {
  if (folder === '' || path.startsWith('/')) return path
  const parts: string[] = []
  for (const part of `${folder}${path}`.replaceAll('\\', '/').split('/')) {
    const back = part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..'
    if (back) parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}

/** The place of a problem of a plan: in the portfolio, or in the plan's own file. */
function placed({ path, message, line, column }: Problem, plan: string, file: string | undefined): Problem {
  const at = path === '' ? plan : `${plan}.${path}`
  if (file === undefined || path === 'file') return { path: at, message }
  const where = line === undefined ? file : `${file}, line ${line}${column === undefined ? '' : `, column ${column}`}`
  return { path: at, message: `${message} (${where})` }
}

function problemOf({ scenario }: ReadPlan, offer: string): Problem | undefined {
  const names = scenario.offers.map(({ name }) => name)
  if (!names.includes(offer)) {
    const near = nearest(offer, names)
    const hint = near === undefined ? '' : `, did you mean ${shown(near)}?`
    return { path: '.offer', message: `expected an offer of the plan (${names.join(', ')}), got ${shown(offer)}${hint}` }
  }
  if (scenario.actuals)
    return {
      path: '',
      message:
        'expected a plan without closed months (actuals). Remove `actuals` to add up the original plans, or run `billcast reforecast` on this one',
    }
  return undefined
}

/** The plan with one offer, and with the correlations that this offer has. */
function signing(scenario: ResolvedScenario, offer: string): ResolvedScenario {
  const { budget: _budget, stress: _stress, ...rest } = scenario
  const own = { ...rest, offers: scenario.offers.filter(({ name }) => name === offer) }
  const correlations = scenario.correlations.filter(({ between }) =>
    between.every((name) => canonicalName(own, name) !== undefined),
  )
  return { ...own, correlations }
}
