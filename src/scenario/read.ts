// Reads a plan from text or data, and reports all its problems at once.
import { expandCatalog } from '../contract/catalog/expand.ts'
import { type Located, type Problem, pathText, ScenarioError, shown } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { formatNumber } from '../notation/number.ts'
import { inputProblem } from './input.ts'
import { nameProblems, RESERVED } from './offer-names.ts'
import { type Checked, checkedBy, type Described, type Home, MOST_PROBLEMS } from './problems.ts'
import { strayTerms } from './part-names.ts'
import { keysAt } from './places.ts'
import { type RawScenario, scenarioSchema } from './schema.ts'
import { separateSources, type ValueSource } from './sources.ts'
import { parseText, type Source } from './text.ts'

/** A plan as written, before its files are read and its fields are checked. */
export interface WrittenScenario {
  readonly data: unknown
  readonly sources: readonly ValueSource[]
  /** Adds the line and column, if the plan is a text. */
  readonly locate: (problem: Located) => Problem
}

/** @throws ScenarioError for text that is not YAML or JSON, and for data that is not safe to read */
export function readScenario(input: string | object): WrittenScenario {
  const misread = inputProblem(input, 'a plan')
  if (misread !== undefined) throw new ScenarioError([{ path: '', message: misread }])
  const source: Source = typeof input === 'string' ? parseText(input) : { data: input, locate: () => undefined }
  const locate = ({ path, message }: Located): Problem => ({ path: pathText(path), message, ...source.locate(path) })
  const early = dangers(source.data)
  if (early.length > 0) throw new ScenarioError(early.slice(0, MOST_PROBLEMS).map(locate))
  const expanded = expandCatalog(source.data)
  const { data, sources, problems } = separateSources(expanded.data)
  const all = [...expanded.problems, ...strayTerms(expanded.data), ...problems]
  if (all.length > 0) throw new ScenarioError(all.slice(0, MOST_PROBLEMS).map(locate))
  return { data, sources, locate }
}

const PLAN: Described = {
  schema: scenarioSchema,
  keysAt,
  whole: 'an object with conversations and offers (`billcast init` writes an example)',
  entries: (path) => (path[0] === 'offers' ? 'offer' : undefined),
  homes: homesFor,
}

/** Reads every field, or reports the problems of all. */
export const checkFields = (data: unknown): Checked<RawScenario> => checkedBy<RawScenario>(PLAN, data)

const CIRCLE = 'expected values that end, got an object or a list that contains itself'

/**
 * Problems that must not reach the schema: endless nesting, dangerous names, and values that are not data.
 * @param named the key whose entries have names that tables use, such as `offers`
 */
export function dangers(data: unknown, named = 'offers'): Located[] {
  const found = dangersIn(data, { named, path: [], around: [] })
  // Many values may be too deep in the same place.
  return [...new Map(found.map((problem) => [`${pathText(problem.path)}: ${problem.message}`, problem])).values()]
}

interface DangerPlace {
  readonly named: string
  readonly path: readonly PropertyKey[]
  /** The objects and lists that hold the value. */
  readonly around: readonly object[]
}

function dangersIn(data: unknown, { named, path, around }: DangerPlace): Located[] {
  if (path.length > LIMITS.depth) return [{ path: path.slice(0, 3), message: `expected at most ${LIMITS.depth} levels of nesting` }]
  if (typeof data !== 'object' || data === null) {
    if (typeof data === 'number' && !Number.isFinite(data)) return [{ path, message: `expected a finite number, got ${data}` }]
    return []
  }
  if (around.includes(data)) return [{ path, message: CIRCLE }]
  if (path.length === 1 && path[0] === named && Array.isArray(data)) return []
  if (path.length === 1 && path[0] === named && Object.keys(data).length > LIMITS.offers) {
    return [
      { path, message: `expected at most ${formatNumber(LIMITS.offers)} ${named}, got ${formatNumber(Object.keys(data).length)}` },
    ]
  }
  const keys = Object.getOwnPropertyNames(data)
  const names: ReadonlyMap<string, string> = path.length === 1 && path[0] === named ? nameProblems(keys) : new Map()
  return keys.flatMap((key): Located[] => {
    if (Array.isArray(data) && key === 'length') return []
    const at = [...path, Array.isArray(data) ? Number(key) : key]
    const problem = names.get(key)
    if (problem !== undefined) return [{ path: at, message: problem }]
    if (RESERVED.has(key)) return [{ path: at, message: `unknown key: ${shown(key)} is reserved` }]
    return dangersIn((data as Record<string, unknown>)[key], { named, path: at, around: [...around, data] })
  })
}

/** The places where a key that is unknown at a path may belong, most likely first. */
function homesFor(path: readonly PropertyKey[]): Home[] {
  const inOffer = path[0] === 'offers'
  if (path.length > 1 && !inOffer) return []
  const offers = [
    { keys: keysAt(['offers', 'a']), place: 'in an offer' },
    { keys: keysAt(['offers', 'a', 'charges', 0]), place: 'in a charge of an offer' },
  ]
  return [
    { keys: keysAt([]), place: 'at the top level of the plan' },
    ...(inOffer || path.length === 0 ? offers : []),
    ...keysAt([]).map((key) => ({ keys: keysAt([key]), place: `in \`${key}\`` })),
    { keys: ['portfolio', 'plans', 'shared'], place: 'in a portfolio, which `billcast portfolio` reads' },
  ]
}
