// Reads a plan from text or data, and reports all its problems at once.
import type * as z from 'zod'
import { expandCatalog } from '../contract/catalog/expand.ts'
import { type Located, type Problem, pathText, ScenarioError, shown } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { valueAt } from '../notation/fields.ts'
import { nearest } from '../notation/near.ts'
import { formatNumber } from '../notation/number.ts'
import { nameProblems, RESERVED } from './offer-names.ts'
import { keysAt } from './places.ts'
import { type RawScenario, scenarioSchema } from './schema.ts'
import { separateSources, type ValueSource } from './sources.ts'
import { parseText, type Source } from './text.ts'

const MOST_PROBLEMS = 100

/** A plan as written, before its files are read and its fields are checked. */
export interface WrittenScenario {
  readonly data: unknown
  readonly sources: readonly ValueSource[]
  /** Adds the line and column, if the plan is a text. */
  readonly locate: (problem: Located) => Problem
}

/** @throws ScenarioError for text that is not YAML or JSON, and for data that is not safe to read */
export function readScenario(input: string | object): WrittenScenario {
  const source: Source = typeof input === 'string' ? parseText(input) : { data: input, locate: () => undefined }
  const locate = ({ path, message }: Located): Problem => ({ path: pathText(path), message, ...source.locate(path) })
  const early = dangers(source.data, [])
  if (early.length > 0) throw new ScenarioError(early.slice(0, MOST_PROBLEMS).map(locate))
  const expanded = expandCatalog(source.data)
  const { data, sources, problems } = separateSources(expanded.data)
  const all = [...expanded.problems, ...problems]
  if (all.length > 0) throw new ScenarioError(all.slice(0, MOST_PROBLEMS).map(locate))
  return { data, sources, locate }
}

/** Reads every field, or reports the problems of all. */
export function checkFields(data: unknown): { readonly raw?: RawScenario; readonly problems: readonly Located[] } {
  const read = scenarioSchema.safeParse(data)
  if (read.success) return { raw: read.data, problems: [] }
  const issues = read.error.issues.slice(0, MOST_PROBLEMS + 1).flatMap((issue) => flatten(issue))
  const problems = issues.slice(0, MOST_PROBLEMS).map(({ path, message }) => ({ path, message: complete(message, path, data) }))
  if (issues.length > MOST_PROBLEMS) problems.push({ path: [], message: `has more than these ${MOST_PROBLEMS} problems` })
  return { problems }
}

/** Problems that must not reach the schema: endless nesting, dangerous names, and values that are not data. */
function dangers(data: unknown, path: readonly PropertyKey[]): Located[] {
  if (path.length > LIMITS.depth) return [{ path: path.slice(0, 3), message: `expected at most ${LIMITS.depth} levels of nesting` }]
  if (typeof data !== 'object' || data === null) {
    if (typeof data === 'number' && !Number.isFinite(data)) return [{ path, message: `expected a finite number, got ${data}` }]
    return []
  }
  if (path.length === 1 && path[0] === 'offers' && Array.isArray(data)) return []
  if (path.length === 1 && path[0] === 'offers' && Object.keys(data).length > LIMITS.offers) {
    return [
      { path, message: `expected at most ${formatNumber(LIMITS.offers)} offers, got ${formatNumber(Object.keys(data).length)}` },
    ]
  }
  const keys = Object.getOwnPropertyNames(data)
  const names: ReadonlyMap<string, string> = path.length === 1 && path[0] === 'offers' ? nameProblems(keys) : new Map()
  return keys.flatMap((key): Located[] => {
    if (Array.isArray(data) && key === 'length') return []
    const at = [...path, Array.isArray(data) ? Number(key) : key]
    const problem = names.get(key)
    if (problem !== undefined) return [{ path: at, message: problem }]
    if (RESERVED.has(key)) return [{ path: at, message: `unknown key: ${shown(key)} is reserved` }]
    return dangers((data as Record<string, unknown>)[key], at)
  })
}

/** How far a branch of a union got. A value that its notation refuses is deeper than one of another type. */
const depth = (branch: readonly z.core.$ZodIssue[]): number => Math.max(0, ...branch.map(depthOf))
const depthOf = (issue: z.core.$ZodIssue): number =>
  issue.path.length + (issue.code === 'custom' ? 0.5 : issue.code === 'invalid_union' ? Math.max(0, ...issue.errors.map(depth)) : 0)

/** Turns an issue of the schema into problems in plain words. */
function flatten(issue: z.core.$ZodIssue): Located[] {
  const { path } = issue
  const expected = (what: string): Located[] => [{ path, message: `expected ${what}` }]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, MOST_PROBLEMS + 1)
        .map((key) => ({ path: [...path, key], message: `unknown key${unknownKey(key, path)}` }))
    case 'invalid_union': {
      // The branch with the deepest issue is the one that the author meant.
      if (issue.message.startsWith('expected') && issue.errors.every((branch) => depth(branch) === 0))
        return [{ path, message: issue.message }]
      const best = [...issue.errors].filter((branch) => branch.length > 0).sort((one, two) => depth(two) - depth(one))[0]
      return best ? best.flatMap((inner) => flatten({ ...inner, path: [...path, ...inner.path] })) : expected('another value')
    }
    case 'invalid_key':
      return expected(`${issue.issues[0]?.message.replace(/^expected /, '') ?? 'another key'}, got ${shown(path[path.length - 1])}`)
    case 'invalid_type':
      return expected(kindOf(issue.expected, path))
    case 'invalid_value':
      return expected(issue.values.map((value) => shown(value)).join(' or '))
    case 'too_small':
    case 'too_big': {
      if (issue.message.startsWith('expected')) return [{ path, message: issue.message }]
      const bound = issue.code === 'too_small' ? issue.minimum : issue.maximum
      const [one, many] = issue.origin === 'string' ? ['character', 'characters'] : ['entry', 'entries']
      return expected(`at ${issue.code === 'too_small' ? 'least' : 'most'} ${bound} ${Number(bound) === 1 ? one : many}`)
    }
    default:
      return [{ path, message: issue.message }]
  }
}

function kindOf(kind: string, path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'an object with conversations and offers (`billcast init` writes an example)'
  if (kind === 'object') {
    const keys = keysAt(path)
    return keys.length > 0 ? `an object with ${keys.slice(0, 8).join(', ')}${keys.length > 8 ? ' …' : ''}` : 'an object'
  }
  const words: Readonly<Record<string, string>> = {
    array: 'a list',
    string: 'text',
    record: path[0] === 'offers' ? 'an object with an entry for each offer' : 'an object with an entry for each name',
    tuple: 'a list of two names',
    boolean: 'true or false',
  }
  return Object.hasOwn(words, kind) ? words[kind] : kind
}

function unknownKey(key: string, path: readonly PropertyKey[]): string {
  if (key === 'once') return ': once is a period, as in fee: $12k/once'
  // YAML splits a text without quotes at its comma.
  if (/^\d+[^:)]*$/.test(key)) return ': a number may not contain a comma. Write 1200 or 1.2k for 1,200'
  if (key.includes(')')) return ': inside { }, a text with a comma needs quotes, as in "uniform($1.00, $3.50)"'
  const known = keysAt(path)
  if (known.includes(key)) return ' here: it cannot be combined with the keys beside it'
  const near = nearest(key, known)
  if (near !== undefined) return `, did you mean \`${near}\`?`
  const home = homesFor(path).find(({ keys }) => keys.includes(key))
  if (home) return ` here: \`${key}\` belongs ${home.place}`
  return known.length > 0 ? `. The keys here are ${known.join(', ')}` : ''
}

/** The places where a key that is unknown at a path may belong, most likely first. */
function homesFor(path: readonly PropertyKey[]): { readonly keys: readonly string[]; readonly place: string }[] {
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
  ]
}

/** Adds the value as written to a message. */
function complete(message: string, path: readonly PropertyKey[], data: unknown): string {
  if (!message.startsWith('expected')) return message
  const value = valueAt(data, path)
  const stated = message.indexOf(', got ')
  if (stated < 0) return `${message}, got ${value === undefined ? 'nothing' : shown(value)}${remedy(message, value)}`
  const read = message.slice(stated)
  if (read.startsWith(', got {"distribution"') && typeof value === 'string')
    return `${message.slice(0, stated)}, got ${shown(value)}`
  return message.replace(/, got undefined$/, ', got nothing')
}

function remedy(message: string, value: unknown): string {
  if (message === 'expected text' && typeof value === 'number') return ` (put it in quotes: "${value}")`
  const choices = [...message.matchAll(/"([^"]*)"/g)].map(([, choice]) => choice)
  const near = typeof value === 'string' && choices.length > 1 ? nearest(value, choices) : undefined
  return near === undefined ? '' : `, did you mean ${shown(near)}?`
}
