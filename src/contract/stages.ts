// Values that may change in stages.

/** One value, or stages in time order. Each holds up to and including its month, and the last to the end. */
export type Staged<T> = T | Stages<T>
export type Stages<T> = readonly { readonly until?: number; readonly value: T }[]

export const isStaged = <T>(value: Staged<T>): value is Stages<T> => Array.isArray(value)

export function stageAt<T>(stages: Stages<T>, month: number): T {
  const last = stages[stages.length - 1]
  return (stages.find(({ until }) => until === undefined || month <= until) ?? last).value
}

/** The value that holds in a month. */
export const atMonth = <T>(value: Staged<T>, month: number): T => (isStaged(value) ? stageAt(value, month) : value)

/** The value of each of `months` months from `start` on. */
export const byMonth = <T>(value: Staged<T>, start: number, months: number): T[] =>
  Array.from({ length: months }, (_, m) => atMonth(value, start + m))

/** For each month, the first month of the horizon in which its stage holds. */
export function stageStarts<T>(value: Staged<T>, start: number, months: number): number[] {
  const starts: number[] = []
  for (let m = 0; m < months; m++) {
    const begins = m === 0 || (isStaged(value) && value.some(({ until }) => until === start + m - 1))
    starts.push(begins ? m : starts[m - 1])
  }
  return starts
}

/** A value without its stages, or the value of each stage. */
export const stagesIn = <T>(value: Staged<T>): readonly T[] => (isStaged(value) ? value.map((stage) => stage.value) : [value])

/** The stages with each value changed. */
export const mapStages = <T, U>(value: Staged<T>, change: (value: T) => U): Staged<U> =>
  isStaged(value) ? value.map((stage) => ({ ...stage, value: change(stage.value) })) : change(value)
