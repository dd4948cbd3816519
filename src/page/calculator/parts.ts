// Parts of the page that load when they are first used. Beside a served page they are files. A page from a disk holds them as data, compressed,
// since browsers load nothing from disks.
import { inflated } from '../inflated.ts'
import type { planEditor } from './editor/entry.ts'
import { nextTurn } from '../../pace.ts'

/** What the script of each part leaves behind, by the build's name for it (scripts/calculator.mjs). */
interface Parts {
  /** The program of the worker that reads and writes files. */
  readonly billcastFiles: string
  readonly billcastEditor: { readonly planEditor: typeof planEditor }
}

const FILES: Readonly<Record<keyof Parts, string>> = { billcastFiles: 'files', billcastEditor: 'editor' }

const scripts = new Map<string, Promise<void>>()

async function loaded(file: string): Promise<void> {
  const data = document.getElementById(`part-${file}`)?.textContent
  const address = data
    ? URL.createObjectURL(new Blob([await inflated(data)], { type: 'text/javascript' }))
    : new URL(`${file}.js`, document.baseURI).href
  await new Promise<void>((resolve, reject) => {
    const script = document.createElement('script')
    script.onload = () => resolve()
    script.onerror = () =>
      reject(new Error('this part of the calculator cannot be loaded. Check the connection, or start `billcast open` again'))
    script.src = address
    document.head.append(script)
  })
  if (data) URL.revokeObjectURL(address)
  // The caller's work runs in a task of its own, after the script's.
  await nextTurn()
}

/** @throws Error if the part cannot be loaded. The next call tries again */
export async function pagePart<K extends keyof Parts>(name: K): Promise<Parts[K]> {
  const script = scripts.get(name) ?? loaded(FILES[name])
  scripts.set(name, script)
  try {
    await script
  } catch (error) {
    scripts.delete(name)
    throw error
  }
  return (globalThis as unknown as Parts)[name]
}
