// Warnings about plans that are valid but may surprise: periods that are cut off, no uncertainty.
import { calendarNotes } from '../../contract/checks.ts'
import { contractsIn } from '../../contract/offer.ts'
import { distributionOf } from '../../numerics/distributions/index.ts'
import { uncertainInputs } from '../names.ts'
import type { Resolution, ResolvedScenario } from '../resolved.ts'
import { trafficNotes } from './parts.ts'
import { returnWarnings } from './returns.ts'
import { segmentNotes } from './segments.ts'

const NAMED = 6

export function warningsOf(scenario: ResolvedScenario): string[] {
  const { offers, start, months } = scenario
  const calendar = together(offers.flatMap(contractsIn).flatMap((offer) => calendarNotes(offer, start, months)))
  const joined = scenario.copula && !joinsInputs(scenario) ? [...calendar, JOINS_NOTHING] : calendar
  const notes = [...joined, ...segmentNotes(scenario), ...trafficNotes(scenario), ...together(returnWarnings(scenario))]
  return isCertain(scenario) ? [...notes, CERTAIN] : notes
}

const JOINS_NOTHING =
  'copula: it has no effect, since `correlations` joins no inputs that are drawn once a trial; monthly noises stay as they are'

const joinsInputs = ({ correlations }: ResolvedScenario): boolean =>
  correlations.some(({ between }) => !between.some((name) => name.endsWith('.noise')))

const CERTAIN = 'nothing in this plan is uncertain, so all trials are the same and all standard errors are 0'

function isCertain(scenario: ResolvedScenario): boolean {
  const { conversations, resolution, offers, counting, segments = [] } = scenario
  const moves = (part: Partial<Resolution> | undefined) => (part?.noise?.sd ?? 0) > 0 || (part?.setbacks?.probability ?? 0) > 0
  const monthly = [{ conversations, resolution }, ...segments].some(
    ({ conversations: own, resolution: rate }) =>
      (own.noise?.cv ?? 0) > 0 ||
      own.history !== undefined ||
      own.bootstrap !== undefined ||
      (own.spikes?.probability ?? 0) > 0 ||
      moves(rate),
  )
  const offered = offers
    .flatMap(contractsIn)
    .some((offer) => moves(offer.resolution) || offer.segments?.some((own) => moves(own.resolution)))
  if (monthly || counting !== 'expected' || offered) return false
  return uncertainInputs(scenario).every(({ spec }) => distributionOf(spec).sd === 0)
}

function together(notes: readonly string[]): string[] {
  const found = new Map<string, string[]>()
  for (const note of notes) {
    const end = note.indexOf(': ')
    const [name, text] = [note.slice(0, end), note.slice(end)]
    found.set(text, [...(found.get(text) ?? []), name])
  }
  return [...found].map(([text, names]) => {
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
    return `${names.slice(0, NAMED).join(', ')}${more}${text}`
  })
}
