// The schema of a value that may change in stages. It is apart from their values, since a program that only imports billcast needs no schema.
import * as z from 'zod'
import { formatMonth } from '../months.ts'
import type { Staged } from './stages.ts'

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
