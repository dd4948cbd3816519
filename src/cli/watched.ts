// What every command gives to what it runs: a way to stop it, and a bar on a terminal.
import { interruptible } from './interrupt.ts'
import { progressBar } from './progress.ts'

export interface Watching {
  readonly signal: AbortSignal
  readonly onProgress?: (done: number, total: number) => void
}

export function watching({ quiet, json }: { readonly quiet?: boolean; readonly json?: boolean }): Watching {
  const onProgress = progressBar(quiet === true || json === true)
  return { signal: interruptible(), ...(onProgress && { onProgress }) }
}
