import { messageOf } from '../../../errors.ts'

/** What a run says if its threads cannot start. */
export const aloneWords = (error: unknown): string =>
  `${messageOf(error)}. The run continues on one thread and gives the same figures, but takes longer`
