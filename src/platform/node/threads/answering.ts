// The frame of a question on a thread: it reports progress, stops on the flag, and returns what people see of an error as data.
import type { Watching } from '../../../pace.ts'
import { dataOf } from '../../../api/faults.ts'
import { controlled, type QuestionDone } from './protocol.ts'

export const answeredIn = (
  shared: SharedArrayBuffer,
  work: (watching: Required<Watching>) => Promise<unknown>,
): Promise<QuestionDone> =>
  controlled(shared, async (control, signal) => {
    const onProgress = (done: number, total: number) => {
      control.progress = [done, total]
    }
    try {
      return { found: await work({ onProgress, signal }) }
    } catch (error) {
      const fault = dataOf(error)
      if (!fault) throw error
      return { fault }
    }
  })
