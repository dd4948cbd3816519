// Values in stages, as a plan writes them.

export type Stages<T> = readonly { readonly until?: number; readonly value: T }[]
export type Staged<T> = T | Stages<T>

export const isList = <T>(value: Staged<T>): value is Stages<T> => Array.isArray(value)

/** Place of the stage that holds in a month. */
export const stageOf = <T>(stages: Stages<T>, month: number): number =>
  stages.findIndex(({ until }) => until === undefined || month <= until)

export const holding = <T>(value: Staged<T>, month: number): T => (isList(value) ? value[stageOf(value, month)].value : value)

/** The name of the input that holds in a month. */
export const nameIn = (value: unknown, month: number, name: string): string =>
  isList(value) ? `${name}[${stageOf(value as Stages<unknown>, month)}].value` : name

/** The first month of the plan in which the stage of month m holds. */
export function beginOf(value: unknown, start: number, m: number): number {
  if (!isList(value)) return 0
  const stages = value as Stages<unknown>
  const own = stageOf(stages, start + m)
  let first = m
  while (first > 0 && stageOf(stages, start + first - 1) === own) first--
  return first
}
