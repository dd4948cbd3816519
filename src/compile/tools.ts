// The dimensions and tables that the parts of a program share while it is compiled.
import { LruCache } from '../lru-cache.ts'
import type { Dimension } from '../numerics/random/source.ts'

/** The common parts of several variants of a scenario, which are therefore billed on the same trials. */
export interface Shared {
  readonly dimensions: Dimension[]
  readonly places: Map<string, number>
  readonly tables: Map<string, Uint8Array>
  /** False if no trial will be drawn. Tables, which take most of the time of compiling, are then empty. */
  readonly drawn: boolean
  /** Names a dimension among those of other plans. Absent if its own name is enough. */
  readonly named?: (name: string) => string
}

export const sharedNothing = (drawn = true): Shared => ({ dimensions: [], places: new Map(), tables: new Map(), drawn })

export interface CompileTools {
  /** Returns the place of a random number by its name, and adds it if it is new. */
  dimension(name: string): number
  each(name: string): number[]
  /** Returns the table of a key, and makes it if it is new. It is empty if no trial will be drawn. */
  table(key: readonly unknown[], make: () => Uint8Array): Uint8Array
}

const recent = new LruCache<Uint8Array>(64)

export function compileTools({ dimensions, places, tables, drawn, named }: Shared, months: number): CompileTools {
  const dimension = (own: string) => {
    const name = named ? named(own) : own
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
