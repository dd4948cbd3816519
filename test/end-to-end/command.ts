// The command, in a process of its own or, in a fifth of the time, in this one.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

export const BUILT = 'dist/cli/billcast.js'
const SOURCE = 'src/cli/billcast.ts'

export interface Ending {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The built command as users start it. */
export function started(args: readonly string[], input = ''): Ending {
  const env = { ...process.env, COLUMNS: '200', FORCE_COLOR: '0' }
  return spawnSync(process.execPath, [BUILT, ...args], { encoding: 'utf8', input, env, maxBuffer: 1 << 28 })
}

/** From sources in the project `unit`, from the built package elsewhere. */
async function command(): Promise<(args: readonly string[]) => Promise<number>> {
  const file = resolve(process.env.BILLCAST_SOURCES === undefined ? BUILT : SOURCE)
  const { main } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as typeof import('../../src/cli/billcast.ts')
  return main
}

/** The same command run here, with what it would print and the code it would end with. It reads no standard input. */
export async function here(args: readonly string[]): Promise<Ending> {
  const main = await command()
  const printed = { stdout: '', stderr: '' }
  const { exitCode, env } = process
  const writes = { stdout: process.stdout.write, stderr: process.stderr.write }
  const listeners = new Map(
    (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => [signal, process.listeners(signal) as NodeJS.SignalsListener[]]),
  )
  for (const name of ['stdout', 'stderr'] as const)
    process[name].write = ((text: string | Uint8Array) => {
      printed[name] += typeof text === 'string' ? text : new TextDecoder().decode(text)
      return true
    }) as typeof process.stdout.write
  process.env = { ...env, COLUMNS: '200', FORCE_COLOR: '0' }
  try {
    return { status: await main(args), ...printed }
  } finally {
    process.env = env
    process.exitCode = exitCode
    process.stdout.write = writes.stdout
    process.stderr.write = writes.stderr
    // What the command listens for belongs to this process again.
    for (const [signal, before] of listeners)
      for (const listener of process.listeners(signal) as NodeJS.SignalsListener[])
        if (!before.includes(listener)) process.off(signal, listener)
  }
}
