// Which function made an answer, for `save`: the answer itself is plain data.
import type { FolderKind } from '../present/files/folder.ts'

export type AnswerKind = Exclude<FolderKind, 'run'>

/** What an answer does not say of the plan that it is about. */
export interface AboutPlan {
  readonly plan?: string
  readonly currency?: string
}

interface Note {
  readonly kind: AnswerKind
  readonly origin: AboutPlan
}

const NOTES = new WeakMap<object, Note>()

/** Notes which function made an answer. @returns the answer */
export function noteAnswer<A extends object>(kind: AnswerKind, answer: A, origin: AboutPlan = {}): A {
  NOTES.set(answer, { kind, origin })
  return answer
}

export const noted = (answer: unknown): Note | undefined =>
  typeof answer === 'object' && answer !== null ? NOTES.get(answer) : undefined
