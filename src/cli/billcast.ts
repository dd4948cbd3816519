#!/usr/bin/env node
// The command. The commands register themselves: each is a file of commands/, loaded when it is asked for, so that starting stays fast.
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { Command, CommanderError } from 'commander'
import { VERSION } from '../platform/node/version.ts'
import { currentName, warnOfOldNames } from '../old-names.ts'
import { commands } from './commands/index.generated.ts'
import { fail } from './fail.ts'
import { GROUPS } from './groups.ts'
import { note } from './print.ts'

const HELP = `
Start with:
  billcast init budget.yaml     a commented scenario
  billcast check budget.yaml    what it says, and what a spreadsheet would give
  billcast run budget.yaml      what each offer will cost, and how sure that is

Exit codes: 0 done, 1 failed, 2 bad scenario or usage, 3 a stated budget does not hold, 130 or 143 interrupted`

/** All commands by name; only the one that the arguments name is loaded. */
async function programFor(argv: readonly string[]): Promise<Command> {
  const program = new Command('billcast')
    .description('What will each AI-support contract cost, and how sure are we?')
    .version(VERSION, '--version')
    .showSuggestionAfterError()
    .exitOverride()
    // A password in an address that stands in the wrong place.
    .configureOutput({ writeErr: (text) => process.stderr.write(text.replace(/\/\/[^\s/'"]*@/g, '//…@')) })
    .addHelpText('after', HELP)
  const named = argv.filter((word) => !word.startsWith('-') && word !== 'help')[0]
  const groups = Object.keys(GROUPS)
  const listed = [...commands].sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group))
  for (const { name, summary, group, load } of listed) {
    const command = program.command(name).helpGroup(GROUPS[group]).description(summary)
    if (name === named) (await import('./register.ts')).register(command, (await load()).command)
  }
  return program
}

/**
 * Runs a command in this process, which goes on afterwards: what it prints goes to this process's streams.
 * @returns the code with which the command would end
 */
export async function main(argv: readonly string[]): Promise<number> {
  process.exitCode = undefined
  warnOfOldNames(note)
  try {
    const named = argv.map((word) => word.replace(/(?<=^--)[a-z]+/, currentName))
    await (await programFor(named)).parseAsync(named, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else fail(error)
  }
  return Number(process.exitCode ?? 0)
}

/** A package manager starts the command through a link. */
const started = isMainThread && process.argv[1] !== undefined && isThisFile(process.argv[1])

function isThisFile(path: string): boolean {
  try {
    return realpathSync(path) === realpathSync(fileURLToPath(import.meta.url))
  } catch {
    return false
  }
}

if (started) {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has gone: nothing is left to say.
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  await main(process.argv.slice(2))

  // A command that has ended ends its process, also where a Redis that went away has left something waiting in a library. A process that
  // was forked is its parent's to end.
  const LINGER = 2_000
  const leave = () => process.stdout.writableLength + process.stderr.writableLength === 0 && process.exit()
  if (process.send === undefined) setInterval(leave, LINGER).unref()
}
