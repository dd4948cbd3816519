// A whole scenario of a batch in this thread.
import { inlineExecutor } from '../../engine/executor.ts'
import { type BatchEvent, runToFolder, wordsOf } from '../scenario-run.ts'
import { Control, type Whole, type WholeDone } from './protocol.ts'

/** Trials × months × offers from which a scenario is worth all threads. */
const LARGE = 1_000_000_000

/** Milliseconds between two looks at whether to stop: the executor gives way as often. */
const LOOK = 50

export async function runWhole({ plan, options, control: shared }: Whole): Promise<WholeDone> {
  const control = new Control(shared)
  const controller = new AbortController()
  const look = setInterval(() => control.stopped && controller.abort(), LOOK)
  const events: BatchEvent[] = []
  try {
    const entry = await runToFolder(plan, options, {
      executor: ({ options: { trials }, program }) =>
        trials * program.months * program.offers.length > LARGE ? undefined : inlineExecutor,
      signal: controller.signal,
      alone: true,
      tell(event) {
        if (event.event === 'progress') control.progress = [event.trials, event.total]
        else events.push(event)
      },
    })
    return { events, ...(entry && { entry }) }
  } catch (error) {
    return { events, error: wordsOf(error) }
  } finally {
    clearInterval(look)
  }
}
