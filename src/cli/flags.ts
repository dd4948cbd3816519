// Flags of a command, made from its options, and their values.
import { type Command, Option as Flag } from 'commander'
import { shown, UsageError } from '../errors.ts'
import { type FlagsOf, flagOf, type OptionGroup, type Option } from '../options/option.ts'

/** Adds what a command understands. */
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

/** The values of the flags that were given. @throws UsageError for a text that is none of its kind */
export function readFlags<G extends OptionGroup>(group: G, raw: Readonly<Record<string, unknown>>): FlagsOf<G> {
  const values = Object.entries(group).flatMap(([name, { kind, only }]) => {
    const given = raw[name]
    // commander says true of a --no-… that was not given.
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

/** Those of a command's values that are options of a function of the library. */
export const chosen = <G extends OptionGroup>(flags: object, group: G): Omit<FlagsOf<G>, never> =>
  Object.fromEntries(
    Object.entries(flags).filter(([name]) => Object.hasOwn(group, name) && group[name].only !== 'command'),
  ) as unknown as FlagsOf<G>
