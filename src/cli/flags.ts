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

const UNITS = { k: 1, M: 2, G: 3, T: 4 } as const

/** Bytes of "512MB" or "2GiB". */
export function bytes(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s?(?:([kMGT])(i?))?B?$/.exec(text)
  if (match) {
    const [, digits, unit, binary] = match
    let value = Number(digits)
    for (let k = unit === undefined ? 0 : UNITS[unit as keyof typeof UNITS]; k > 0; k--) value *= binary ? 1024 : 1000
    if (value > 0 && Number.isFinite(value)) return value
  }
  throw new UsageError(`--${option}: expected an amount of memory such as 2GB, got ${shown(text)}`)
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
