// The built command, in a process of its own or, in a fifth of the time, in this one.
import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'

const FILE = 'dist/cli/billcast.js'

export interface Ending {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** As users start it. */
export function started(args: readonly string[], input = ''): Ending {
  const env = { ...process.env, COLUMNS: '200' }
  return spawnSync(process.execPath, [FILE, ...args], { encoding: 'utf8', input, env, maxBuffer: 1 << 28 })
}

let times = 0

/** The same file run here, with what it would print and the code it would end with. It reads no standard input. */
export async function here(args: readonly string[]): Promise<Ending> {
  const printed = { stdout: '', stderr: '' }
  const { argv, exitCode, env } = process
  const writes = { stdout: process.stdout.write, stderr: process.stderr.write }
  const listeners = new Map(
    (['SIGINT', 'SIGTERM'] as const).map((signal) => [signal, process.listeners(signal) as NodeJS.SignalsListener[]]),
  )
  const onError = process.stdout.listeners('error')
  for (const name of ['stdout', 'stderr'] as const)
    process[name].write = ((text: string | Uint8Array) => {
      printed[name] += typeof text === 'string' ? text : new TextDecoder().decode(text)
      return true
    }) as typeof process.stdout.write
  process.argv = [process.execPath, FILE, ...args]
  process.env = { ...env, COLUMNS: '200' }
  process.exitCode = undefined
  try {
    // A new name every time, so that it runs again.
    await import(/* @vite-ignore */ `${pathToFileURL(FILE).href}?${times++}`)
    return { ...printed, status: Number(process.exitCode ?? 0) }
  } finally {
    process.argv = argv
    process.env = env
    process.exitCode = exitCode
    process.stdout.write = writes.stdout
    process.stderr.write = writes.stderr
    // What the command listens for belongs to this process again.
    for (const [signal, before] of listeners)
      for (const listener of process.listeners(signal) as NodeJS.SignalsListener[])
        if (!before.includes(listener)) process.off(signal, listener)
    for (const listener of process.stdout.listeners('error'))
      if (!onError.includes(listener)) process.stdout.off('error', listener as (error: Error) => void)
  }
}
