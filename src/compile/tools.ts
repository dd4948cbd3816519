// What the subjects of a program share while it is compiled: its dimensions by name, and its tables.
import { LruCache } from '../lru-cache.ts'
import type { Dimension } from '../numerics/random/source.ts'

/** What the programs of several variants of a scenario have in common, so that they are billed on the same trials. */
export interface Shared {
  readonly dimensions: Dimension[]
  readonly places: Map<string, number>
  /** Tables of distributions, by what they were made from. */
  readonly tables: Map<string, Uint8Array>
  /** False where no trial is drawn, so that empty tables will do: they take most of the time of compiling. */
  readonly drawn: boolean
}

export const sharedNothing = (drawn = true): Shared => ({ dimensions: [], places: new Map(), tables: new Map(), drawn })

export interface CompileTools {
  /** The place of a random number by its name, which is added where it is new. */
  dimension(name: string): number
  /** One random number for each month of the horizon. */
  each(name: string): number[]
  /** A table by what it is made from, made once. */
  table(key: readonly unknown[], make: () => Uint8Array): Uint8Array
}

/** Tables of earlier programs. */
const recent = new LruCache<Uint8Array>(64)

export function compileTools({ dimensions, places, tables, drawn }: Shared, months: number): CompileTools {
  const dimension = (name: string) => {
    const place = places.get(name) ?? dimensions.push({ name, coordinate: dimensions.length }) - 1
    places.set(name, place)
    return place
  }
  return {
    dimension,
    each: (name) => Array.from({ length: months }, (_, m) => dimension(`${name}[${m}]`)),
    table(key, make) {
      if (!drawn) return new Uint8Array()
      const text = JSON.stringify(key)
      const made = tables.get(text) ?? recent.get(text, make)
      tables.set(text, made)
      return made
    },
  }
}
