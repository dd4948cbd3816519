// Plain data to a checked scenario, or all that is wrong with it at once.
import type { z } from 'zod'
import { expandCatalogue } from '../catalog/expand.ts'
import { nearest, pathText, type Problem, ScenarioError, shown } from '../errors.ts'
import { LIMITS, type RawScenario, scenarioSchema } from './schema.ts'
import { parseText, type Source } from './text.ts'

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/
const RESERVED = new Set(Object.getOwnPropertyNames(Object.prototype))

/** Text or an object, as an analyst gives it. */
export function readScenario(input: string | object): RawScenario {
  const source: Source = typeof input === 'string' ? parseText(input) : { data: input, locate: () => undefined }
  const located = (problem: Problem, path: readonly PropertyKey[]): Problem => ({ ...problem, ...source.locate(path) })
  const early = dangers(source.data, [])
  if (early.length > 0) throw new ScenarioError(early.map(({ path, message }) => located({ path: pathText(path), message }, path)))
  const { data, problems } = expandCatalogue(source.data)
  if (problems.length > 0) throw new ScenarioError(problems.map((problem) => located(problem, problem.path.split('.'))))
  const read = scenarioSchema.safeParse(data)
  if (read.success) return read.data
  throw new ScenarioError(
    read.error.issues
      .flatMap((issue) => flatten(issue))
      .map(({ path, message }) => located({ path: pathText(path), message: complete(message, path, data) }, path)),
  )
}

type Found = { readonly path: readonly PropertyKey[]; readonly message: string }

/** What must not even reach the schema: nesting without end, evil and unsortable names, values that are no data. */
function dangers(data: unknown, path: readonly PropertyKey[]): Found[] {
  if (path.length > LIMITS.depth) return [{ path: path.slice(0, 3), message: `expected at most ${LIMITS.depth} levels` }]
  if (typeof data !== 'object' || data === null) {
    if (typeof data === 'number' && !Number.isFinite(data)) return [{ path, message: `expected a finite number, got ${data}` }]
    return []
  }
  if (path.length === 1 && path[0] === 'offers' && Object.keys(data).length > LIMITS.offers) {
    return [{ path, message: `expected at most ${LIMITS.offers} offers, got ${Object.keys(data).length}` }]
  }
  return Object.getOwnPropertyNames(data).flatMap((key): Found[] => {
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

function flatten(issue: z.core.$ZodIssue): Found[] {
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
    'graduated',
    'volume',
    'package',
    'bundles',
    'ratchet',
    'credits',
    'period',
    'included',
    'rollover',
    'perSeat',
    'maximum',
    'limit',
    'escalator',
    'discount',
    'from',
    'to',
    'exchange',
    'catalog',
    'refund',
    'guarantee',
    'renewal',
    'payment',
    'below',
    'notAbove',
    'change',
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
  const near = nearest(key, KEYS)
  return near === undefined ? '' : `, did you mean \`${near}\`?`
}
