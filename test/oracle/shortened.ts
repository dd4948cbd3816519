import type { Written } from './scenarios.ts'

/** A plan of fewer months, since the graph of a long one takes seconds to build. A plan with a volume for each month keeps its months. */
export function shortened(plan: Written, most: number): Written {
  const { months = 12, conversations } = plan
  const long = Number(months) > most && !JSON.stringify(conversations ?? {}).includes('"monthly"')
  return long ? { ...plan, months: most } : plan
}
