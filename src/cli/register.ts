// Tells commander what a command takes and what it does.
import type { Command } from 'commander'
import type { DefinedCommand } from './command.ts'
import { addFlags, readFlags } from './flags.ts'

export function register(command: Command, { arguments: given, options, after, run, commands = {} }: DefinedCommand): void {
  for (const [name, description] of Object.entries(given)) command.argument(name, description)
  addFlags(command, options)
  if (after !== undefined) command.addHelpText('after', after)
  for (const [name, own] of Object.entries(commands)) register(command.command(name).description(own.summary), own)
  // commander hands over the arguments, then the flags, then the command.
  if (run)
    command.action(async (...all: readonly unknown[]) =>
      run(readFlags(options, command.opts()), all.slice(0, Object.keys(given).length)),
    )
}
