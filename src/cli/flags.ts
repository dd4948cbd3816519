// A command's flags, made from its options, and their values.
import { type Command, Option as Flag } from 'commander'
import { shown, UsageError } from '../errors.ts'
import { type FlagsOf, flagOf, type OptionGroup, type Option } from '../options/option.ts'
import type { DefinedCommand } from './command.ts'

/** Adds a command's arguments, flags and action to commander. */
export function register(command: Command, { arguments: given, options, after, run, commands = {} }: DefinedCommand): void {
  for (const [name, description] of given) command.argument(name, description)
  addFlags(command, options)
  if (after !== undefined) command.addHelpText('after', after)
  for (const [name, own] of Object.entries(commands)) register(command.command(name).description(own.summary), own)
  // commander passes the arguments, then the flags, then the command.
  if (run) command.action(async (...all: readonly unknown[]) => run(readFlags(options, command.opts()), all.slice(0, given.length)))
}

export function addFlags(command: Command, group: OptionGroup): void {
  for (const [name, option] of Object.entries(group)) for (const flag of flagsOf(name, option)) command.addOption(flag)
}

function flagsOf(name: string, { kind, help, helpOff = help, only }: Option): Flag[] {
  if (only === 'program') return []
  const flag = flagOf(name)
  const off = flag.replace('--', '--no-')
  if (kind.switches === 'both') return [new Flag(flag, help), new Flag(off, helpOff)]
  if (kind.switches) return [new Flag(kind.switches === 'on' ? flag : off, help)]
  const made = new Flag(`${flag} ${kind.text?.placeholder ?? '<text>'}`, help)
  if (kind.text?.readAll) made.argParser((text: string, before: readonly string[] = []) => [...before, text])
  return [made]
}

/** The values of the flags that were given. @throws UsageError if a text is not of its flag's kind */
export function readFlags<G extends OptionGroup>(group: G, raw: Readonly<Record<string, unknown>>): FlagsOf<G> {
  const values = Object.entries(group).flatMap(([name, { kind, only }]) => {
    const given = raw[name]
    // commander sets a --no-… flag that was not given to true.
    if (only === 'program' || given === undefined || (kind.switches === 'off' && given === true)) return []
    return [[name, kind.text ? readValue(flagOf(name), given, kind.text) : given] as const]
  })
  return Object.fromEntries(values) as FlagsOf<G>
}

function readValue(flag: string, given: unknown, { expected, read, readAll }: NonNullable<Option['kind']['text']>): unknown {
  if (Array.isArray(given) && readAll) return readAll(given as readonly string[], flag)
  const value = read(String(given), flag)
  if (value === undefined) throw new UsageError(`${flag}: expected ${expected}, got ${shown(given)}`)
  return value
}
