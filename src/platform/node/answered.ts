// Answers a question on a worker thread, or on the caller's if that is soon enough.
import { definedIn } from '../../api/given.ts'
import type { OptionsOf } from '../../options/option.ts'
import type { answering, FilePlace } from '../../options/shared.ts'
import type { Watching } from '../../pace.ts'
import { answerOf, type Request } from '../../questions/list.ts'
import { orStopped } from '../../run/schedule.ts'
import { interruptibleCell } from './interrupt.ts'
import { placeReader } from './reader.ts'
import { errorOf } from '../../api/faults.ts'
import { type Answer, Control, progressTeller, type QuestionDone, type QuestionMessage } from './threads/protocol.ts'
import type { Sender } from './threads/sender.ts'

/** Trials up to which a question is answered about as soon as a thread would have started. */
const FEW = 16_384
/** Milliseconds between two reports of progress. */
const LOOK = 50

export function answered({ name, about, options }: Request, place: FilePlace): Promise<unknown> {
  const { threads, onProgress, signal: given, ...rest } = options as OptionsOf<typeof answering>
  const request = { name, about, options: rest }
  return interruptibleCell(given, async (signal) => {
    signal?.throwIfAborted()
    const watched = definedIn({ onProgress, signal })
    const here = () => answerOf({ ...request, options: { ...rest, ...watched } }, placeReader(place))
    const { trials = Infinity } = rest as { readonly trials?: number }
    // A backtest fits drivers at each start, which takes longer than its trials.
    const small = trials <= FEW && name !== 'backtest'
    if (threads === 1 || (threads === undefined && small)) return here()
    const sender = await threadFor(signal)
    if (!sender) return here()
    const answer = await sent(sender, { request, place }, watched)
    if (answer === UNSENT) return here()
    if ('fault' in answer) throw errorOf(answer.fault)
    return answer.found
  })
}

/** Undefined if no thread starts, as in some bundles. The figures are the same without one. */
async function threadFor(signal: AbortSignal | undefined): Promise<Sender | undefined> {
  const { takeThread } = await import('./threads/warm.ts')
  return takeThread(signal).catch(() => {
    signal?.throwIfAborted()
    return undefined
  })
}

/** The plan, or the history, cannot be copied. This thread may read it, or say what is wrong with it. */
const UNSENT = Symbol('unsent')

/** Sends a question to a thread. An abort rejects at once, whatever the thread is doing. */
async function sent(
  sender: Sender,
  question: Omit<QuestionMessage, 'control'>,
  { signal, onProgress }: Watching,
): Promise<QuestionDone | typeof UNSENT> {
  const { leaveThread, restThread } = await import('./threads/warm.ts')
  const control = new Control()
  const report = onProgress && progressTeller(control, onProgress)
  const look = report && setInterval(report, LOOK)
  const answering = sender.send({ ...question, control: control.shared })
  let answer: Answer
  try {
    answer = await orStopped(signal, answering)
  } catch (error) {
    const unsent = isUnsent(error)
    control.stop()
    if (unsent) restThread(sender)
    else leaveThread(sender)
    if (unsent) return UNSENT
    throw error
  } finally {
    clearInterval(look)
  }
  restThread(sender)
  report?.()
  signal?.throwIfAborted()
  if (typeof answer === 'object' && ('found' in answer || 'fault' in answer)) return answer
  throw new Error('a worker thread returned no answer')
}

const isUnsent = (error: unknown): boolean =>
  error instanceof DOMException ? error.name === 'DataCloneError' : error instanceof Error && isUnsent(error.cause)
