// Checks the options that a program gives. Ignoring a misspelled option would run something that nobody asked for.
import { shown, UsageError } from '../errors.ts'
import { isFields } from '../notation/fields.ts'
import { meantWords } from '../notation/near.ts'
import type { OptionGroup } from './option.ts'

/** @throws UsageError if an option is unknown, missing, or has a value of the wrong kind */
export function checkOptions(given: object, group: OptionGroup, path = ''): void {
  const known = Object.keys(group).filter((name) => group[name].only !== 'command')
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  if (!isFields(given))
    throw new UsageError(`${path || 'options'}: expected an object with ${known.join(', ')}, got ${shown(given)}`)
  for (const [name, value] of Object.entries(given)) {
    if (!known.includes(name)) throw new UsageError(unknownOption(at(name), name, known, value))
    const { kind } = group[name]
    if (value === undefined) continue
    if (kind.fields && isFields(value)) checkOptions(value, kind.fields, at(name))
    else if (kind.fields || !kind.accepts(value))
      throw new UsageError(`${at(name)}: expected ${kind.expected}, got ${shown(value)}`)
  }
  for (const name of known)
    if (group[name].required && given[name] === undefined)
      throw new UsageError(`${at(name)}: expected ${group[name].kind.expected}, got nothing`)
}

function unknownOption(path: string, name: string, known: readonly string[], value: unknown): string {
  return `${path}: expected one of ${known.join(', ')}${meantWords(name, known)}, got ${shown(value)}`
}
