// Checks the options that a program gives. Ignoring a misspelled option would run something that nobody asked for.
import { shown, UsageError } from '../errors.ts'
import { nearest } from '../notation/near.ts'
import type { OptionGroup } from './option.ts'

const isObject = (given: unknown): given is object => typeof given === 'object' && given !== null && !Array.isArray(given)

/** @throws UsageError if an option is unknown, missing, or has a value of the wrong kind */
export function checkOptions(given: object, group: OptionGroup, path = ''): void {
  const known = Object.keys(group).filter((name) => group[name].only !== 'command')
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  if (!isObject(given))
    throw new UsageError(`${path || 'options'}: expected an object with ${known.join(', ')}, got ${shown(given)}`)
  for (const [name, value] of Object.entries(given)) {
    if (!known.includes(name)) throw new UsageError(unknownOption(at(name), name, known, value))
    const { kind } = group[name]
    if (value === undefined) continue
    if (kind.fields && isObject(value)) checkOptions(value, kind.fields, at(name))
    else if (kind.fields) throw new UsageError(`${at(name)}: expected ${kind.expected}, got ${shown(value)}`)
    else if (!kind.accepts(value)) throw new UsageError(`${at(name)}: expected ${kind.expected}, got ${shown(value)}`)
  }
  for (const name of known)
    if (group[name].required && (given as Readonly<Record<string, unknown>>)[name] === undefined)
      throw new UsageError(`${at(name)}: expected ${group[name].kind.expected}, got nothing`)
}

function unknownOption(path: string, name: string, known: readonly string[], value: unknown): string {
  const near = nearest(name, known)
  const meant = near === undefined ? '' : ` (did you mean ${near}?)`
  return `${path}: expected one of ${known.join(', ')}${meant}, got ${shown(value)}`
}
