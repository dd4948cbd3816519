// Answers a question in this thread.
import { answerOf } from '../../../questions/list.ts'
import { placeReader } from '../reader.ts'
import { answeredIn } from './answering.ts'
import type { QuestionMessage, QuestionDone } from './protocol.ts'

export const runQuestion = ({ request, place, control }: QuestionMessage): Promise<QuestionDone> =>
  answeredIn(control, (watching) => answerOf({ ...request, options: { ...request.options, ...watching } }, placeReader(place)))
