// Answers a question in this thread.
import { answerOf } from '../../../questions/list.ts'
import { placeReader } from '../reader.ts'
import { dataOf } from './faults.ts'
import { controlled, type QuestionMessage, type QuestionDone } from './protocol.ts'

export const runQuestion = ({ request, place, control: shared }: QuestionMessage): Promise<QuestionDone> =>
  controlled(shared, async (control, signal) => {
    const onProgress = (done: number, total: number) => {
      control.progress = [done, total]
    }
    try {
      return { found: await answerOf({ ...request, options: { ...request.options, onProgress, signal } }, placeReader(place)) }
    } catch (error) {
      const fault = dataOf(error)
      if (!fault) throw error
      return { fault }
    }
  })
