import { plainWords } from '../words.ts'

/** What a run says if its threads cannot start. */
export const aloneWords = (error: unknown): string =>
  `${plainWords(error)}. The run continues on one thread and gives the same figures, but takes longer`
