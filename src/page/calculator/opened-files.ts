// Files that are dropped on the page or chosen: a plan, files that the plan names, or past months to fit.
import { textOfFile } from '../../api/beside.ts'
import { messageOf } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import { formatNumber } from '../../notation/number.ts'
import type { Store } from './store.ts'

const isPlan = ({ name }: File): boolean => /\.(ya?ml|json)$/i.test(name)

/** The files that a plan's text names, by the last part of their paths. */
export const namesInPlan = (plan: string, base: string): readonly string[] => {
  const own = base.replaceAll(/[^\w]/g, '\\$&')
  const found = plan.matchAll(new RegExp(`(?:^|[\\s"'({\\[,])((?:[^\\s"'(){}\\[\\],]*/)?${own})(?=$|[\\s"'(){}\\[\\],])`, 'gm'))
  return [...new Set([...found].map(([, name]) => name))]
}

async function textIn(file: File): Promise<string> {
  if (file.size > LIMITS.fileBytes)
    throw new Error(`it has ${formatNumber(file.size)} bytes, and the limit is 1 MiB. Sum it to months first.`)
  return textOfFile(new Uint8Array(await file.arrayBuffer()))
}

/** Takes the files in their order, but a plan first. */
export async function takeFiles(files: readonly File[], store: Store): Promise<void> {
  for (const file of [...files.filter(isPlan), ...files.filter((each) => !isPlan(each))]) await takeFile(file, store)
}

async function takeFile(file: File, store: Store): Promise<void> {
  const { name } = file
  const named = isPlan(file) ? [] : namesInPlan(store.state.plan, name)
  try {
    const text = await textIn(file)
    if (isPlan(file)) {
      store.open({ plan: text })
      store.tell(`This is the plan of ${name}. Undo leads back.`)
    } else if (named.length > 0) {
      store.addFiles(Object.fromEntries(named.map((each) => [each, text])))
      store.tell(`The plan reads ${name}. The file stays in this page.`)
    } else store.set({ history: { name, text }, dialog: 'history' })
  } catch (error) {
    if (isPlan(file)) store.tell(`${name} cannot be opened: ${messageOf(error)}`)
    else store.set({ history: { name, text: '', refused: messageOf(error) }, dialog: 'history' })
  }
}

/** Files that are dropped anywhere on the page. */
export function takeDrops(store: Store): void {
  document.addEventListener('dragover', (event) => event.preventDefault())
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    void takeFiles([...(event.dataTransfer?.files ?? [])], store)
  })
}
