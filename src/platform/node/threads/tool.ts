// Answers the question of an assistant in this thread.
import { checkOptions } from '../../../options/check.ts'
import { TOOLS } from '../../../api/tools/list.ts'
import { inlineExecutor } from '../../../run/executor.ts'
import { enclosedFolder } from '../assistant/folder.ts'
import { hostMemory } from '../memory.ts'
import { answeredIn } from './answering.ts'
import type { QuestionDone, ToolMessage } from './protocol.ts'

export const runTool = ({ tool: name, given, folder, control }: ToolMessage): Promise<QuestionDone> =>
  answeredIn(control, (watching) => {
    const tool = TOOLS[name]
    checkOptions(given, tool.options)
    return tool.answer(given, { ...enclosedFolder(folder), ...hostMemory(), executor: () => inlineExecutor, watching })
  })
