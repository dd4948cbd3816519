// Copies of data, so that a caller and the library never change the values of each other.

/** Objects of data. Notebooks run cells in a realm of their own, whose Object is another one. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/**
 * A copy of lists, plain objects and numbers in typed arrays, to any depth. What stands in two places, or in itself, does so in the copy.
 * Functions and objects of other classes, such as a distribution or a signal, stay the same.
 */
export function copied<T>(value: T): T {
  return copyOf(value, new Map()) as T
}

function copyOf(value: unknown, known: Map<object, object>): unknown {
  if (typeof value !== 'object' || value === null) return value
  const earlier = known.get(value)
  if (earlier) return earlier
  const copy = (made: object): object => {
    known.set(value, made)
    return made
  }
  if (Array.isArray(value)) {
    const made: unknown[] = []
    copy(made)
    for (const one of value) made.push(copyOf(one, known))
    return made
  }
  if (ArrayBuffer.isView(value)) return value instanceof DataView ? value : copy((value as Uint8Array).slice())
  if (!isPlain(value)) return value
  const made = copy(Object.create(Object.getPrototypeOf(value)))
  // Assigning `__proto__` would change the prototype.
  for (const [key, one] of Object.entries(value))
    Object.defineProperty(made, key, { value: copyOf(one, known), configurable: true, enumerable: true, writable: true })
  return made
}
