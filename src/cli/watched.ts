// A signal that stops a command's work, and a progress bar on a terminal.
import { progressBar } from './progress.ts'

interface Watched extends Interrupted {
  readonly quiet?: boolean
  readonly json?: boolean
}

interface Interrupted {
  readonly ignoreHangup?: boolean
}

/** @param label what is being done, which stands before the bar */
export function watching({ quiet, json, ...flags }: Watched, label = 'Simulating') {
  const onProgress = progressBar(label, quiet === true || json === true)
  return { signal: interruptible(flags), ...(onProgress && { onProgress }) }
}

/** The exit code after a terminal that was closed. */
export const HUNG_UP = 129

/**
 * Ctrl-C, SIGTERM or a closed terminal stops the work at the next block. A second signal ends the process at once.
 * @param flags `ignoreHangup` keeps working after the terminal is closed. Node forgets that nohup asked for it
 */
export function interruptible({ ignoreHangup }: Interrupted = {}): AbortSignal {
  const controller = new AbortController()
  for (const [name, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: HUNG_UP })) {
    process.on(name, () => {
      if (name === 'SIGHUP' && ignoreHangup) return
      if (controller.signal.aborted) process.exit(code)
      process.exitCode = code
      controller.abort()
    })
  }
  return controller.signal
}
