// A signal that stops a command's work, and a progress bar on a terminal.
import { progressBar } from './progress.ts'

export function watching({ quiet, json }: { readonly quiet?: boolean; readonly json?: boolean }) {
  const onProgress = progressBar(quiet === true || json === true)
  return { signal: interruptible(), ...(onProgress && { onProgress }) }
}

/** Ctrl-C or SIGTERM stops the work at the next block. A second one ends the process at once. */
export function interruptible(): AbortSignal {
  const controller = new AbortController()
  for (const [name, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(code)
      process.exitCode = code
      controller.abort()
    })
  }
  return controller.signal
}
