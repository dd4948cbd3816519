// Plain data to a checked scenario, or all that is wrong with it at once.
import type { z } from 'zod'
import { type Located, type Problem, ScenarioError, shown } from '../errors.ts'
import { LIMITS, type RawScenario, scenarioSchema } from './schema.ts'
import { separateSources, type ValueSource } from './sources.ts'
import { parseText, type Source } from './text.ts'

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/
const RESERVED = new Set(Object.getOwnPropertyNames(Object.prototype))

/** A scenario as it was written: files that it names are not read, and its fields not checked, yet. */
export interface WrittenScenario {
  readonly data: unknown
  /** Where the figures come from, as the analyst says. */
  readonly sources: readonly ValueSource[]
  /** Adds the line and column, where there is a text. */
  readonly locate: (problem: Located) => Problem
}

/**
 * Reads text or an object, as an analyst gives it.
 * @throws ScenarioError where it is no data that may be looked into
 */
export function readScenario(input: string | object): WrittenScenario {
  const source: Source = typeof input === 'string' ? parseText(input) : { data: input, locate: () => undefined }
  const locate = ({ path, message }: Located): Problem => ({ path: pathText(path), message, ...source.locate(path) })
  const early = dangers(source.data, [])
  if (early.length > 0) throw new ScenarioError(early.map(locate))
  const { data, sources, problems } = separateSources(source.data)
  if (problems.length > 0) throw new ScenarioError(problems.map(locate))
  return { data, sources, locate }
}

/** Every field read, or all that is wrong with them. */
export function checkFields(data: unknown): { readonly raw?: RawScenario; readonly problems: readonly Located[] } {
  const read = scenarioSchema.safeParse(data)
  if (read.success) return { raw: read.data, problems: [] }
  const problems = read.error.issues
    .flatMap((issue) => flatten(issue))
    .map(({ path, message }) => ({ path, message: complete(message, path, data) }))
  return { problems }
}

/** What must not even reach the schema: nesting without end, evil and unsortable names, values that are no data. */
function dangers(data: unknown, path: readonly PropertyKey[]): Located[] {
  if (path.length > LIMITS.depth) return [{ path: path.slice(0, 3), message: `expected at most ${LIMITS.depth} levels` }]
  if (typeof data !== 'object' || data === null) {
    if (typeof data === 'number' && !Number.isFinite(data)) return [{ path, message: `expected a finite number, got ${data}` }]
    return []
  }
  if (path.length === 1 && path[0] === 'offers' && Object.keys(data).length > LIMITS.offers) {
    return [{ path, message: `expected at most ${LIMITS.offers} offers, got ${Object.keys(data).length}` }]
  }
  return Object.getOwnPropertyNames(data).flatMap((key): Located[] => {
    if (Array.isArray(data) && key === 'length') return []
    const at = [...path, Array.isArray(data) ? Number(key) : key]
    const offerName = path.length === 1 && path[0] === 'offers'
    if (offerName && (!NAME.test(key) || RESERVED.has(key))) {
      return [{ path: at, message: `expected a name of a letter and up to 63 letters, digits, _ or -, got ${shown(key)}` }]
    }
    if (RESERVED.has(key)) return [{ path: at, message: `expected a key of the format, got ${shown(key)}` }]
    return dangers((data as Record<string, unknown>)[key], at)
  })
}

function flatten(issue: z.core.$ZodIssue): Located[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: `unknown key${suggestion(key, issue.path)}` }))
  }
  if (issue.code === 'invalid_union') {
    // The branch that came furthest explains best.
    const depth = (branch: readonly z.core.$ZodIssue[]) =>
      Math.max(...branch.map(({ path, code }) => path.length + (code === 'custom' ? 0.5 : 0)))
    const best = [...issue.errors].filter((branch) => branch.length > 0).sort((a, b) => depth(b) - depth(a))[0]
    if (best) return best.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] }))
  }
  if (issue.code === 'invalid_type') return [{ path: issue.path, message: `expected ${article(issue.expected)}` }]
  if (issue.code === 'invalid_value')
    return [{ path: issue.path, message: `expected ${issue.values.map((v) => shown(v)).join(' or ')}` }]
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`
    const custom = issue.message.startsWith('expected')
      ? issue.message
      : `expected ${bound} ${issue.origin === 'string' ? 'characters' : issue.origin === 'array' ? 'entries' : ''}`.trim()
    return [{ path: issue.path, message: custom }]
  }
  return [{ path: issue.path, message: issue.message }]
}

const article = (kind: string): string =>
  ({
    object: 'an object',
    array: 'a list',
    string: 'text',
    record: 'an object with one entry an offer',
    tuple: 'a list of two',
    boolean: 'true or false',
  })[kind] ?? kind

/** What stood there, where the message does not say so yet. */
function complete(message: string, path: readonly PropertyKey[], data: unknown): string {
  if (!message.startsWith('expected') || message.includes(', got ')) {
    return message.replace(/, got undefined$/, ', got nothing')
  }
  const value = path.reduce<unknown>(
    (node, key) => (typeof node === 'object' && node !== null ? (node as Record<PropertyKey, unknown>)[key] : undefined),
    data,
  )
  return `${message}, got ${value === undefined ? 'nothing' : shown(value)}`
}

/** `offers.ada.charges[0].price` */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  )
}

const KEYS = [
  ...['name', 'currency', 'start', 'months', 'counting', 'conversations', 'resolution', 'correlations', 'human', 'offers', 'run'],
  ...[
    'base',
    'growth',
    'seasonality',
    'monthly',
    'noise',
    'spikes',
    'involvement',
    'actions',
    'rate',
    'improvement',
    'approach',
    'ceiling',
    'setbacks',
  ],
  ...[
    'offset',
    'title',
    'counted',
    'charges',
    'running',
    'meter',
    'price',
    'commitment',
    'overage',
    'fee',
    'seats',
    'minimum',
    'layer',
    'paid',
    'per',
    'id',
  ],
  ...[
    'cv',
    'sd',
    'autocorrelation',
    'probability',
    'size',
    'cost',
    'uplift',
    'resolved',
    'unresolved',
    'reopened',
    'share',
    'lag',
    'between',
    'rho',
  ],
  ...['trials', 'seed', 'method', 'measure', 'keepTrials', 'pairs', 'preintegration', 'perAgent', 'until', 'value'],
]

function suggestion(key: string, _path: readonly PropertyKey[]): string {
  const near = KEYS.map((known) => ({ known, distance: editDistance(key.toLowerCase().slice(0, 40), known.toLowerCase()) })).sort(
    (a, b) => a.distance - b.distance,
  )[0]
  return near && near.distance <= Math.max(1, Math.floor(key.length / 3)) && near.known !== key
    ? `, did you mean \`${near.known}\`?`
    : ''
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]
}
