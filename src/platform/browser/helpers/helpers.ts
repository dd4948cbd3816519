// The helpers of a page. One runs plans, and one answers questions, so that a long question keeps no run waiting.
import type { ElsewhereAnswer, ResultCall } from '../../../api/made.ts'
import type { Finished } from '../../../api/run.ts'
import type { Watching } from '../../../pace.ts'
import { orStopped } from '../../../run/schedule.ts'
import { program as pool } from '#generated/workers'
import { type OwnFile, ownFile } from '../own-file.ts'
import { Helper, type HelperProgram } from './helper.ts'
import { isPlain } from './plain.ts'
import { helperText } from './program-text.ts'
import type { Task } from './protocol.ts'

type Kind = 'runs' | 'questions'

/** Undefined where none can start. */
const started = new Map<Kind, Promise<Helper | undefined>>()

/** Whether the page loaded the file as it was built. A bundle with other code in it, which a worker must not run, is of another length. */
function isAlone({ address, bytes }: OwnFile): boolean {
  const [entry] = performance.getEntriesByName(address) as PerformanceResourceTiming[]
  return entry?.decodedBodySize === Number(bytes)
}

/** The file that the library is, or a text that the library brings. A helper starts workers of its own, from the text that the page has. */
async function programOf(file: OwnFile | undefined): Promise<HelperProgram | undefined> {
  if (file) return isAlone(file) ? { text: `import ${JSON.stringify(file.address)}`, type: 'module' } : undefined
  const text = await helperText()
  return text === undefined ? undefined : { text: `var billcastPool=${JSON.stringify(pool)};${text}`, type: 'classic' }
}

/** @param file that the library is, if it is one of its own */
function helperFor(kind: Kind, file: OwnFile | undefined): Promise<Helper | undefined> {
  const known = started.get(kind)
  if (known) return known
  const made = programOf(file)
    .then((program) => program && Helper.start(program, () => started.delete(kind)))
    .catch(() => undefined)
  started.set(kind, made)
  return made
}

const isUnsent = (error: unknown): boolean => error instanceof DOMException && error.name === 'DataCloneError'

/** Has a helper do something. @returns undefined if this thread has to do it */
async function helped(
  kind: Kind,
  file: OwnFile | undefined,
  signal: AbortSignal | undefined,
  ask: (helper: Helper) => Promise<unknown>,
): Promise<ElsewhereAnswer | undefined> {
  const helper = await orStopped(signal, helperFor(kind, file))
  if (!helper) return undefined
  try {
    return { found: await ask(helper) }
  } catch (error) {
    // A plan with a function cannot be copied. This thread may read it.
    if (isUnsent(error)) return undefined
    throw error
  }
}

/** Has a helper run a plan or answer a question. @returns undefined if this thread has to */
export async function doneElsewhere(work: Task, watching: Watching, file = ownFile): Promise<ElsewhereAnswer | undefined> {
  // A copy of anything but plain data would be something else.
  if (!isPlain(work)) return undefined
  return helped(work.kind === 'run' ? 'runs' : 'questions', file, watching.signal, (helper) => helper.ask(work, watching))
}

/** Has a helper answer from a finished run. @returns undefined if this thread has to */
export async function calledElsewhere(run: Finished, call: ResultCall): Promise<ElsewhereAnswer | undefined> {
  if (!isPlain(call)) return undefined
  return helped('questions', ownFile, undefined, (helper) => helper.askOf(run, { kind: 'call', call }))
}
