// Answers the question of an assistant in this thread.
import { checkOptions } from '../../../options/check.ts'
import { TOOLS } from '../../../api/tools/list.ts'
import { inlineExecutor } from '../../../run/executor.ts'
import { enclosedFolder } from '../assistant/folder.ts'
import { hostMemory } from '../memory.ts'
import { dataOf } from './faults.ts'
import { controlled, type QuestionDone, type ToolMessage } from './protocol.ts'

export const runTool = ({ tool: name, given, folder, control: shared }: ToolMessage): Promise<QuestionDone> =>
  controlled(shared, async (control, signal) => {
    const onProgress = (done: number, total: number) => {
      control.progress = [done, total]
    }
    try {
      const tool = TOOLS[name]
      checkOptions(given, tool.options)
      const around = {
        ...enclosedFolder(folder),
        ...hostMemory(),
        executor: () => inlineExecutor,
        watching: { onProgress, signal },
      }
      return { found: await tool.answer(given, around) }
    } catch (error) {
      const fault = dataOf(error)
      if (!fault) throw error
      return { fault }
    }
  })
