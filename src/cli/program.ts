// All commands by name. Only the file of the command that is run is loaded, so that starting stays fast.
import { Command, CommanderError } from 'commander'
import type { OptionGroup } from '../options/option.ts'
import { currentName, warnOfOldNames } from '../old-names.ts'
import { VERSION } from '../platform/version.generated.ts'
import { EXIT_CODES, GROUPS } from './command.ts'
import { commands } from './commands/index.generated.ts'
import { fail } from './fail.ts'
import { register } from './flags.ts'
import { note } from './print.ts'
import { toStderr, toStdout } from './streams.ts'

/** The codes with one meaning: "129, 130 or 143 interrupted". */
function codesWith(meaning: string): string {
  const codes = Object.keys(EXIT_CODES).filter((code) => EXIT_CODES[Number(code)] === meaning)
  return `${[codes.slice(0, -1).join(', '), ...codes.slice(-1)].filter((part) => part !== '').join(' or ')} ${meaning}`
}

const HELP = `
Start with:
  billcast init budget.yaml     a commented scenario
  billcast check budget.yaml    its drivers, and the cost that a spreadsheet would give
  billcast run budget.yaml      the cost of each offer, and how sure it is
  billcast help --json          every command and option as data, for programs and assistants

Exit codes: ${[...new Set(Object.values(EXIT_CODES))].map(codesWith).join(', ')}`

/** Lists all commands, and loads the one that the arguments name. @param loaded receives its options */
async function programFor(argv: readonly string[], loaded: (options: OptionGroup) => void): Promise<Command> {
  const program = new Command('billcast')
    .description('Simulate what each AI support contract will cost, and how sure that is.')
    .version(VERSION, '--version')
    .showSuggestionAfterError()
    .exitOverride()
    // Usage errors repeat arguments, which may hold an address with a password.
    .configureOutput({ writeOut: toStdout, writeErr: (text) => toStderr(text.replace(/\/\/[^\s/'"]*@/g, '//…@')) })
    .addHelpText('after', HELP)
  const named = argv.filter((word) => !word.startsWith('-') && word !== 'help')[0]
  const groups = Object.keys(GROUPS)
  const listed = [...commands].sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group))
  for (const { name, summary, group, load } of listed) {
    const command = program.command(name).helpGroup(GROUPS[group]).description(summary)
    if (name !== named) continue
    const defined = (await load()).command
    loaded(defined.options)
    register(command, defined)
  }
  return program
}

/** Runs a command in this process, without ending it. @returns the exit code */
export async function runCommand(argv: readonly string[]): Promise<number> {
  process.exitCode = undefined
  warnOfOldNames(note)
  let options: OptionGroup = {}
  try {
    if (argv[0] === 'help' && argv.includes('--json')) {
      const { printHelpJson } = await import('./help-json.ts')
      await printHelpJson(argv.slice(1).find((word) => word !== '--json'))
      return 0
    }
    const named = argv.map((word) => word.replace(/(?<=^--)[a-z]+/, currentName))
    const program = await programFor(named, (own) => {
      options = own
    })
    await program.parseAsync(named, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else fail(error, options)
  }
  return Number(process.exitCode ?? 0)
}
