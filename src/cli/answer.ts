// The answer of a command, which `--out` writes into a folder of its own kind.
import { resolve } from 'node:path'
import { type AnswerOfKind, savedAnswer } from '../api/answers.ts'
import type { AnswerKind, AboutPlan } from '../api/noted.ts'
import { hasher } from '../platform/node/hash.ts'
import { VERSION } from '../platform/version.generated.ts'
import { writeFolder } from '../present/files/folder.ts'
import { intoResults, type ResultsFlags } from './out.ts'

interface Written<K extends AnswerKind, T> {
  readonly kind: K
  readonly signal?: AbortSignal | undefined
  /** What a command asks for may be more than the answer. */
  readonly answer: (asked: T) => AnswerOfKind<K>
  readonly origin?: (asked: T) => AboutPlan
}

/** Answers a question, and writes the answer into the folder of `--out`, if there is one. */
export async function answerInto<K extends AnswerKind, T>(
  flags: ResultsFlags & { readonly out?: string },
  ask: () => Promise<T>,
  { kind, signal, answer, origin }: Written<K, T>,
): Promise<T> {
  if (flags.out === undefined) return ask()
  return intoResults(resolve(flags.out), flags, { signal, kind }, async ({ disk, hold }) => {
    const asked = await ask()
    const { files, manifest } = await savedAnswer(kind, answer(asked), VERSION, origin?.(asked))
    await writeFolder(disk, files, manifest, hasher, { signal, kind, held: hold.check })
    return asked
  })
}
