// Values that may change in stages.
import * as z from 'zod'
import { formatMonth } from '../months.ts'

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

/** The schema of a value or of its stages, whose months must rise. */
export function staged<T>(value: z.ZodType<T>, month: z.ZodType<number>): z.ZodType<Staged<T>> {
  const stages = z
    .array(z.strictObject({ until: month.optional(), value }))
    .min(1)
    .superRefine((all, context) => {
      all.forEach(({ until }, k) => {
        const before = all[k - 1]?.until
        const say = (expected: string) =>
          context.addIssue({
            code: 'custom',
            path: [k, 'until'],
            message: `expected ${expected}, got ${until === undefined ? 'nothing' : formatMonth(until)}`,
          })
        if (k === all.length - 1) {
          if (until !== undefined) say('no `until` in the last stage, which holds to the end')
        } else if (until === undefined) say('a month such as 2027-06 in every stage but the last')
        else if (before !== undefined && !(until > before))
          say(`a month after ${formatMonth(before)}, where the previous stage ends`)
      })
    })
  return z.union([stages, value]) as unknown as z.ZodType<Staged<T>>
}
