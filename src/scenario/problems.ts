// The problems that a schema finds in data, in plain words.
import type * as z from 'zod'
import { type Located, shown } from '../errors.ts'
import { valueAt } from '../notation/fields.ts'
import { nearest } from '../notation/near.ts'

/** The largest number of problems in one error. */
export const MOST_PROBLEMS = 100

/** Keys, and the place where they belong. */
export interface Home {
  readonly keys: readonly string[]
  readonly place: string
}

/** A schema, and what its errors say about it. */
export interface Described {
  readonly schema: z.ZodType
  readonly keysAt: (path: readonly PropertyKey[]) => string[]
  /** Completes "expected …" for the data as a whole. */
  readonly whole: string
  /** What an object with free names has an entry for, such as `offer`. */
  readonly entries: (path: readonly PropertyKey[]) => string | undefined
  /** The places where a key that is unknown at a path may belong, most likely first. */
  readonly homes: (path: readonly PropertyKey[]) => readonly Home[]
}

export interface Checked<T> {
  readonly raw?: T
  readonly problems: readonly Located[]
}

/** Reads every field by a schema of `T`, or reports the problems of all. */
export function checkedBy<T>(about: Described, data: unknown): Checked<T> {
  const read = about.schema.safeParse(data)
  if (read.success) return { raw: read.data as T, problems: [] }
  const issues = read.error.issues.slice(0, MOST_PROBLEMS + 1).flatMap((issue) => flatten(issue, about))
  const problems = issues.slice(0, MOST_PROBLEMS).map(({ path, message }) => ({ path, message: complete(message, path, data) }))
  if (issues.length > MOST_PROBLEMS) problems.push({ path: [], message: `has more than these ${MOST_PROBLEMS} problems` })
  return { problems }
}

/** How far a branch of a union got. A value that its notation refuses is deeper than one of another type. */
const depth = (branch: readonly z.core.$ZodIssue[]): number => Math.max(0, ...branch.map(depthOf))
const depthOf = (issue: z.core.$ZodIssue): number =>
  issue.path.length + (issue.code === 'custom' ? 0.5 : issue.code === 'invalid_union' ? Math.max(0, ...issue.errors.map(depth)) : 0)

/** Turns an issue of the schema into problems in plain words. */
function flatten(issue: z.core.$ZodIssue, about: Described): Located[] {
  const { path } = issue
  const expected = (what: string): Located[] => [{ path, message: `expected ${what}` }]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, MOST_PROBLEMS + 1)
        .map((key) => ({ path: [...path, key], message: `unknown key${unknownKey(key, path, about)}` }))
    case 'invalid_union': {
      // The branch with the deepest issue is the one that the author meant.
      if (issue.message.startsWith('expected') && issue.errors.every((branch) => depth(branch) === 0))
        return [{ path, message: issue.message }]
      const best = [...issue.errors].filter((branch) => branch.length > 0).sort((one, two) => depth(two) - depth(one))[0]
      return best
        ? best.flatMap((inner) => flatten({ ...inner, path: [...path, ...inner.path] }, about))
        : expected('another value')
    }
    case 'invalid_key':
      return expected(`${issue.issues[0]?.message.replace(/^expected /, '') ?? 'another key'}, got ${shown(path[path.length - 1])}`)
    case 'invalid_type':
      return expected(kindOf(issue.expected, path, about))
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

function kindOf(kind: string, path: readonly PropertyKey[], { keysAt, whole, entries }: Described): string {
  if (path.length === 0) return whole
  if (kind === 'object') {
    const keys = keysAt(path)
    return keys.length > 0 ? `an object with ${keys.slice(0, 8).join(', ')}${keys.length > 8 ? ' …' : ''}` : 'an object'
  }
  const words: Readonly<Record<string, string>> = {
    array: 'a list',
    string: 'text',
    record: `an object with an entry for each ${entries(path) ?? 'name'}`,
    tuple: 'a list of two names',
    boolean: 'true or false',
  }
  return Object.hasOwn(words, kind) ? words[kind] : kind
}

function unknownKey(key: string, path: readonly PropertyKey[], { keysAt, homes }: Described): string {
  if (key === 'once') return ': once is a period, as in fee: $12k/once'
  // YAML splits a text without quotes at its comma.
  if (/^\d+[^:)]*$/.test(key)) return ': a number may not contain a comma. Write 1200 or 1.2k for 1,200'
  if (key.includes(')')) return ': inside { }, a text with a comma needs quotes, as in "uniform($1.00, $3.50)"'
  const known = keysAt(path)
  if (known.includes(key)) return ' here: it cannot be combined with the keys beside it'
  const near = nearest(key, known)
  if (near !== undefined) return `, did you mean \`${near}\`?`
  const home = homes(path).find(({ keys }) => keys.includes(key))
  if (home) return ` here: \`${key}\` belongs ${home.place}`
  return known.length > 0 ? `. The keys here are ${known.join(', ')}` : ''
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
