/** Whether BILLCAST_HONEST is `finished`: only runs on disk are judged. */
export const onlyFinished = (): boolean => process.env.BILLCAST_HONEST === 'finished'

/** The numbers of the cases that BILLCAST_HONEST names, such as `0-19,40`, or all. */
export function casesAsked(count: number): readonly number[] {
  const asked = process.env.BILLCAST_HONEST
  const all = Array.from({ length: count }, (_, k) => k)
  if (!asked || onlyFinished()) return all
  const ranges = asked.split(',').map((part) => part.split('-').map(Number))
  return all.filter((k) => ranges.some(([from, to = from]) => from <= k && k <= to))
}

/** The most seeds of a case, by BILLCAST_HONEST_SEEDS. */
export const mostSeeds = (): number => Number(process.env.BILLCAST_HONEST_SEEDS ?? Infinity)
