// Which names offers can have. They are keys of results and columns of tables.
import { shown } from '../errors.ts'
import { freeName, ownColumn, repeatedNames } from './table-columns.ts'

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/

/** Keys that no plan may use, because every object of JavaScript has them. */
export const RESERVED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype))

/** The problem of each name that an offer cannot have. */
export function nameProblems(names: readonly string[]): ReadonlyMap<string, string> {
  const repeated = repeatedNames(names)
  return new Map(
    names.flatMap((name, k) => {
      const problem = problemOf(name, repeated.get(k), names)
      return problem === undefined ? [] : [[name, problem] as const]
    }),
  )
}

function problemOf(name: string, earlier: string | undefined, names: readonly string[]): string | undefined {
  const another = (example: string, reason: string) => `expected another name, such as ${shown(example)}: ${reason}`
  if (RESERVED.has(name)) return another(`${name.replaceAll('_', '')}-1`, `${shown(name)} is reserved by JavaScript`)
  if (!NAME.test(name))
    return `expected a name that starts with a letter, followed by up to 63 letters, digits, _ or -, got ${shown(name)}`
  const own = ownColumn(name)
  if (own !== undefined) return another(freeName(name, names), `tables have a column ${shown(own)} of their own`)
  if (earlier === undefined) return undefined
  return another(
    freeName(name, names),
    `${shown(name)} and ${shown(earlier)} differ only in case, and databases read them as one column`,
  )
}
