// The axis of an uncertain input: its name in words, and its unit.
import { inputField, isShare } from '../../scenario/input-words.ts'

export interface InputAxis {
  readonly title: string
  readonly format?: string
}

/** The input within a sentence: "resolution rate". An input that is no field keeps its name. */
export function inputInWords(input: string): string {
  const { title } = inputAxis(input)
  return title === input ? input : `${title.charAt(0).toLowerCase()}${title.slice(1)}`
}

/** An input that is no field of a plan, such as the noise of a month, has its own name. @param input such as `resolution.rate` */
export const inputAxis = (input: string): InputAxis => ({
  title: inputField(input)?.label ?? input,
  ...(isShare(input) && { format: '.0%' }),
})
