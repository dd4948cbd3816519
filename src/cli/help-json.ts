// The help of every command as data, for programs and assistants that call billcast.
import { flagOf, type Option, type OptionGroup } from '../options/option.ts'
import { VERSION } from '../platform/version.generated.ts'
import { type DefinedCommand, EXIT_CODES, GROUPS } from './command.ts'
import { commands } from './commands/index.generated.ts'
import { shown, UsageError } from '../errors.ts'
import { meantWords } from '../notation/near.ts'
import { printJson } from './print.ts'

/** @param only the command to describe, by default all of them @throws UsageError if there is no such command */
export async function printHelpJson(only: string | undefined): Promise<void> {
  const names: readonly string[] = commands.map(({ name }) => name)
  if (only !== undefined && !names.includes(only))
    throw new UsageError(`help: expected one of the commands ${names.join(', ')}${meantWords(only, names)}, got ${shown(only)}`)
  const wanted = commands.filter(({ name }) => only === undefined || name === only)
  const described = wanted.map(async ({ name, summary, group, load }) => ({
    ...{ name, summary, group: GROUPS[group].replace(/:$/, '') },
    ...definitionOf((await load()).command),
  }))
  printJson({ name: 'billcast', version: VERSION, exitCodes: EXIT_CODES, commands: await Promise.all(described) })
}

function definitionOf({ arguments: given, options, after, commands: own = {} }: DefinedCommand): object {
  return {
    arguments: given.map(([name, help]) => ({ name, help })),
    options: optionsOf(options),
    ...(after !== undefined && { notes: after.trim() }),
    ...(Object.keys(own).length > 0 && {
      commands: Object.entries(own).map(([name, one]) => ({ name, summary: one.summary, ...definitionOf(one) })),
    }),
  }
}

const optionsOf = (group: OptionGroup): object[] =>
  Object.entries(group).flatMap(([name, option]) => (option.only === 'program' ? [] : [optionData(name, option)]))

function optionData(name: string, { kind, help, helpOff, default: own }: Option): object {
  const flag = flagOf(name)
  const off = flag.replace('--', '--no-')
  const { switches, text } = kind
  return {
    flag: switches === 'off' ? off : flag,
    ...(switches === 'both' && { off, helpOff: helpOff ?? help }),
    ...(!switches && { value: text?.placeholder ?? '<text>', expected: text?.expected ?? kind.expected }),
    ...(text?.readAll && { repeatable: true }),
    help,
    ...(own !== undefined && { default: own.replaceAll('`', '') }),
  }
}
