#!/usr/bin/env node
// The billcast command. It loads nothing that the version does not need.
import { realpathSync } from 'node:fs'
import * as modules from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { VERSION } from '../platform/version.generated.ts'
import { finishStreams, toStdout, watchStreams } from './streams.ts'

/** Runs a command in this process, without ending it. @returns the exit code */
export async function main(argv: readonly string[]): Promise<number> {
  if (argv.length === 1 && argv[0] === '--version') {
    toStdout(`${VERSION}\n`)
    return 0
  }
  const { runCommand } = await import('./program.ts')
  return runCommand(argv)
}

/** Whether this file was started; a package manager starts it through a link. */
const started = isMainThread && process.argv[1] !== undefined && isThisFile(process.argv[1])

function isThisFile(path: string): boolean {
  try {
    return realpathSync(path) === realpathSync(fileURLToPath(import.meta.url))
  } catch {
    return false
  }
}

if (started) {
  // Node 22 and later keep compiled code between processes. The types are those of Node 20, which has none of this.
  const { enableCompileCache } = modules as { readonly enableCompileCache?: () => unknown }
  enableCompileCache?.()
  watchStreams()
  await main(process.argv.slice(2))
  await finishStreams()

  // A lost Redis can leave timers waiting in a library, so end the process anyway. A forked process is for its parent to end.
  const LINGER = 2_000
  const leave = () => process.stdout.writableLength + process.stderr.writableLength === 0 && process.exit()
  if (process.send === undefined) setInterval(leave, LINGER).unref()
}
