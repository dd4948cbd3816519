// How a command is stopped.

/** Ctrl-C and SIGTERM stop the run at the next block; a second one at once. */
export function interruptible(): AbortSignal {
  const controller = new AbortController()
  for (const [name, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(code)
      process.exitCode = code
      controller.abort()
    })
  }
  return controller.signal
}
