// Kernel memory for the columns whose statistics are read. Small columns are copied there once, and larger ones a chunk at a time, so that
// memory does not hold them twice.
import { Arena, type Pointer } from '../kernel/arena.ts'
import { createKernel } from '../kernel/kernel.ts'

/** Values that go through the kernel at a time. They fit into the second-level cache. */
const CHUNK = 16_384
/** The most values that are copied at once. */
const MOST_LOADED = 131_072

function makeDesk() {
  const arena = new Arena(createKernel(), false)
  return { arena, ops: arena.kernel.ops, values: arena.column(CHUNK), others: arena.column(CHUNK), loaded: roomIn(arena), loads: 0 }
}

let made: ReturnType<typeof makeDesk> | undefined

/** The desk of this thread. */
export function deskOf() {
  made ??= makeDesk()
  return made
}

/** A place in the kernel's memory that only grows. */
export function roomIn(arena: Arena): (bytes: number) => Pointer {
  let [at, size] = [0, 0]
  return (bytes) => {
    if (bytes > size) [at, size] = [arena.bytes(bytes), bytes]
    return at
  }
}

/** Two kept columns, whose differences are computed when they are read. */
type Difference = { readonly of: Float64Array; readonly less: Float64Array }

/** Values in the kernel's memory, until others are loaded. */
interface Loaded {
  readonly at: Pointer
  readonly length: number
  readonly load: number
}

export type Values = Float64Array | Difference | Loaded

export const lengthOf = (values: Values): number => ('length' in values ? values.length : values.of.length)

/** Copies values to the kernel if they are few, for several passes over them. */
export function load(values: Values): Values {
  const length = lengthOf(values)
  if ('load' in values || length > MOST_LOADED) return values
  const desk = deskOf()
  const at = desk.loaded(8 * (length + 1))
  copy(values, 0, length, at)
  desk.loads += 1
  return { at, length, load: desk.loads }
}

/** The values themselves. */
export function valuesIn(values: Values): Float64Array {
  if (values instanceof Float64Array) return values
  if ('load' in values) return deskOf().arena.view(placeOf(values), values.length)
  return values.of.map((x, i) => x - values.less[i])
}

/** Copies a range of values to a place in the kernel's memory. */
function copy(values: Exclude<Values, Loaded>, from: number, to: number, at: Pointer): void {
  const { arena, ops, others } = deskOf()
  if (values instanceof Float64Array) return arena.view(at, to - from).set(values.subarray(from, to))
  arena.view(at, to - from).set(values.of.subarray(from, to))
  for (let first = from; first < to; first += CHUNK) {
    const count = Math.min(CHUNK, to - first)
    arena.view(others, count).set(values.less.subarray(first, first + count))
    ops.addScaled(others, at + 8 * (first - from), (count + 1) & ~1, -1)
  }
}

/**
 * Passes values to the kernel: all parts at once, or chunks of one part.
 * @param parts number of equal parts that the values consist of
 * @param take receives the place of adjacent parts of a size, their number, and the first of them
 */
export function eachPiece(
  values: Values,
  parts: number,
  take: (at: Pointer, size: number, parts: number, first: number) => void,
): void {
  const size = lengthOf(values) / parts
  const loaded = 'load' in values ? placeOf(values) : undefined
  if (loaded !== undefined && size <= CHUNK) return take(loaded, size, parts, 0)
  const { values: desk } = deskOf()
  for (let part = 0; part < parts; part++) {
    for (let from = part * size, end = from + size; from < end; from += CHUNK) {
      const to = Math.min(end, from + CHUNK)
      if (!('load' in values)) copy(values, from, to, desk)
      take(loaded === undefined ? desk : loaded + 8 * from, to - from, 1, part)
    }
  }
}

function placeOf({ at, load }: Loaded): Pointer {
  if (load !== deskOf().loads) throw new Error('other values were loaded since')
  return at
}
