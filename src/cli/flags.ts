// Options of the command line as numbers and names, and how a command is stopped.
import { shown, UsageError } from '../errors.ts'
import { parseScalar } from '../notation/scalar.ts'

export function whole(option: string, text: string, most: number, example: string): number {
  try {
    const { value } = parseScalar(text, 'amount')
    if (Number.isInteger(value) && value >= 1 && value <= most) return value
  } catch {
    // said below
  }
  throw new UsageError(`--${option}: expected a whole number from 1 to ${most} such as ${example}, got ${shown(text)}`)
}

export function share(option: string, text: string): number {
  try {
    const { value } = parseScalar(text, 'rate')
    if (value > 0 && value < 1) return value
  } catch {
    // said below
  }
  throw new UsageError(`--${option}: expected a share such as 0.1%, got "${text}"`)
}

export function oneOf<T extends string>(option: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text)
  if (found === undefined) throw new UsageError(`--${option}: expected ${allowed.join(' or ')}, got ${shown(text)}`)
  return found
}

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
