// `billcast help --json` describes every command from the list that the help texts come from.
import { expect, it } from 'vitest'
import { here } from '../end-to-end/command.ts'

interface Described {
  readonly name: string
  readonly summary: string
  readonly group: string
  readonly arguments: readonly { readonly name: string; readonly help: string }[]
  readonly options: readonly Readonly<Record<string, unknown>>[]
  readonly commands?: readonly Described[]
}
interface Help {
  readonly exitCodes: Readonly<Record<string, string>>
  readonly commands: readonly Described[]
}

const help = async (...args: readonly string[]): Promise<Help> => {
  const { status, stdout } = await here(['help', '--json', ...args])
  expect(status).toBe(0)
  return JSON.parse(stdout) as Help
}
const flagsIn = (text: string) => [...text.matchAll(/^ {2,}(--[\w-]+)/gm)].map(([, flag]) => flag)

it('lists the commands and the exit codes that the help lists', async () => {
  const { commands, exitCodes } = await help()
  const { stdout } = await here(['--help'])
  const listed = [...stdout.matchAll(/^ {2}([a-z][\w-]*) {2,}\S/gm)].map(([, name]) => name)
  expect(commands.map(({ name }) => name).sort()).toEqual(listed.sort())
  expect(exitCodes).toMatchObject({ 0: 'success', 3: 'budget does not hold (--gate)', 143: 'interrupted' })
  expect(stdout).toContain('3 budget does not hold (--gate), 129, 130 or 143 interrupted')
})

const names = (await help()).commands.map(({ name }) => name)

it.each(names)('has the flags and arguments of billcast %s, with what they take', async (name) => {
  const [{ options, arguments: given }] = (await help(name)).commands
  const { stdout } = await here([name, '--help'])
  for (const { help } of options) expect(help).toMatch(/\w/)
  const flags = options.flatMap(({ flag, off }) => [flag, ...(off === undefined ? [] : [off])])
  expect(flags.sort()).toEqual(
    flagsIn(stdout)
      .filter((flag) => flag !== '--help')
      .sort(),
  )
  for (const { name: argument } of given) expect(stdout).toContain(argument.replaceAll(/[<>[\]]/g, ''))
})

it('tells a switch from an option with a value, and has the commands below a command', async () => {
  const { commands } = await help()
  const optionsOf = (name: string) => commands.find((one) => one.name === name)?.options ?? []
  expect(optionsOf('run').find(({ flag }) => flag === '--trials')).toMatchObject({
    value: '<n>',
    expected: expect.stringContaining('1m'),
  })
  expect(optionsOf('run').find(({ flag }) => flag === '--quiet')).not.toHaveProperty('value')
  expect(optionsOf('run').find(({ flag }) => flag === '--keep-trials')).toMatchObject({ off: '--no-keep-trials' })
  expect(optionsOf('sweep').find(({ flag }) => flag === '--vary')).toMatchObject({ repeatable: true })
  expect(commands.find(({ name }) => name === 'queue')?.commands?.map(({ name }) => name)).toContain('status')
})

it('refuses a command that does not exist', async () => {
  expect(await here(['help', '--json', 'bugdet'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('(did you mean budget?)'),
  })
})
