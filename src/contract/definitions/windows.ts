// What counts as a conversation where these are billed: a window of time, after which one matter counts again.
import { type Happened, lastWord } from './definition.ts'

export const windowWords = (length: string): string =>
  `A window of ${length} from its first message. What is written later, also about the same matter, begins another one.`

/** How many windows a conversation and its return fill. @param length in milliseconds */
export function windowsOf(conversation: Happened, length: number): number {
  const { started, reopened, involved } = conversation
  if (!involved) return 0
  const last = Math.max(lastWord(conversation), Number.isNaN(reopened) ? started : reopened)
  return last >= started + length ? 2 : 1
}
