// Reads the files that a plan names, for the page that opens with it.
import { type FilesBeside, textOfFile } from '../../../api/beside.ts'
import { soundPlan } from '../../../api/check.ts'
import { messageOf } from '../../../errors.ts'
import type { Reader } from '../../../scenario/resolve/resolve.ts'

/** The files that a plan asks for when it is read, and no others. A plan with mistakes asks for those that it reaches. */
export async function filesBeside(plan: string, reader: Reader): Promise<FilesBeside> {
  const [texts, refused] = [new Map<string, string>(), new Map<string, string>()]
  const recording: Reader = {
    async read(name) {
      try {
        const bytes = await reader.read(name)
        texts.set(name, textOfFile(bytes))
        return bytes
      } catch (error) {
        refused.set(name, messageOf(error))
        throw error
      }
    },
  }
  // The page shows the mistakes of the plan itself.
  await soundPlan(plan, recording).catch(() => undefined)
  return { texts: Object.fromEntries(texts), refused: Object.fromEntries(refused) }
}
