// The offer that a run speaks for.
import type { Summary } from './summary.ts'

/** The one that is most often the cheapest; of several the first as written. */
export function bestOf({ comparison }: Summary): string {
  const [[best]] = Object.entries(comparison.cheapest).sort(([, a], [, b]) => b.value - a.value)
  return best
}
