// The values of a flag such as `--vary path=…`, which may be repeated.
import { shown, UsageError } from '../errors.ts'

export function assignmentsOf(option: string, given: readonly string[], example: string): Readonly<Record<string, string>> {
  const pairs = given.map((text) => {
    const place = text.indexOf('=')
    if (place < 1 || place === text.length - 1) throw new UsageError(`--${option}: expected ${example}, got ${shown(text)}`)
    return [text.slice(0, place).trim(), text.slice(place + 1).trim()] as const
  })
  pairs.forEach(([path], k) => {
    if (pairs.findIndex(([other]) => other === path) < k)
      throw new UsageError(`--${option}: expected each field once, but ${shown(path)} is given twice`)
  })
  return Object.fromEntries(pairs)
}
