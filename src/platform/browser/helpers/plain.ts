// Data that a copy between threads leaves as it is.
import { LIMITS } from '../../../limits.ts'

/** Levels above a plan in a message. */
const ABOVE = 8

/** Whether a value is of plain objects and lists, texts, numbers and the like. Functions and instances of classes would be lost. */
export function isPlain(value: unknown, depth = 0): boolean {
  if (typeof value === 'function' || typeof value === 'symbol' || depth > LIMITS.depth + ABOVE) return false
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1))
  const prototype: unknown = Object.getPrototypeOf(value)
  return (
    (prototype === Object.prototype || prototype === null) &&
    Object.keys(value).every((key) => {
      const { get, value: own } = Object.getOwnPropertyDescriptor(value, key) ?? {}
      return get === undefined && isPlain(own, depth + 1)
    })
  )
}
