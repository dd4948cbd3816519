// Each file of src/cli/commands is a command of `billcast --help`. Its flags are made from its options.
import { readdirSync } from 'node:fs'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { chosen, defineCommand, GROUPS } from '../../src/cli/command.ts'
import { commands } from '../../src/cli/commands/index.generated.ts'
import { addFlags, readFlags, register } from '../../src/cli/flags.ts'
import { runningOnce } from '../../src/cli/options.ts'
import { simulating } from '../../src/options/simulate.ts'

describe('the index of commands', () => {
  it('lists every file of the folder, each in a group of the help', () => {
    const files = readdirSync('src/cli/commands').filter((name) => name !== 'index.generated.ts')
    expect(commands.map(({ name }) => `${name}.ts`)).toEqual(files.sort())
    for (const { group } of commands) expect(Object.keys(GROUPS)).toContain(group)
  })

  it('loads commands whose options all have a help text', async () => {
    for (const { load } of commands) {
      const { command } = await load()
      expect(command.run ?? command.commands).toBeDefined()
      for (const { help } of Object.values(command.options)) expect(help).not.toBe('')
    }
  })
})

const read = (args: readonly string[]) => {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
  addFlags(command, runningOnce)
  command.parse(args, { from: 'user' })
  return readFlags(runningOnce, command.opts())
}

describe('flags', () => {
  it('become options of the library', () => {
    const flags = read(
      '--trials 1m --seed 7 --memory 2GiB --precision 0.1% --no-monthly --keep-trials --format csv,arrow'.split(' '),
    )
    expect(flags).toEqual({
      trials: 1_000_000,
      seed: '7',
      memory: 2 * 2 ** 30,
      precision: { relative: 0.001 },
      monthly: false,
      keepTrials: true,
      format: ['csv', 'arrow'],
    })
    expect(Object.keys(chosen(flags, simulating))).not.toContain('format')
  })

  it('have no value if they are not given, even those that switch something off', () => {
    expect(read([])).toEqual({})
    expect(read(['--no-keep-trials', '--no-report'])).toEqual({ keepTrials: false, report: false })
  })

  it('may be repeated if they take a list', () => {
    expect(read(['--allow-path', 'a', '--allow-path', 'b'])).toEqual({ allowPath: ['a', 'b'] })
  })

  it.each([
    [['--trials', '1.5'], '--trials: expected a whole number from 1 to 4,503,599,627,370,496 such as 1m, got "1.5"'],
    [['--memory', 'much'], '--memory: expected an amount of memory such as 2GB, got "much"'],
    [['--precision', '2'], '--precision: expected a share such as 0.1%, got "2"'],
    [['--pairs', 'none'], '--pairs: expected all, got "none"'],
    [['--checkpoint-every', '0'], '--checkpoint-every: expected seconds from 0.05 to 3600, got "0"'],
    [['--format', 'csv,pdf'], '--format: expected arrow, parquet, csv or xlsx, got "pdf"'],
  ])('are refused if a value is of the wrong kind: %j', (args, message) => {
    expect(() => read(args)).toThrow(message)
  })
})

it('a command receives its flags and arguments, and can have commands of its own', async () => {
  const heard: unknown[] = []
  const inner = defineCommand({
    arguments: [
      ['<first>', 'one'],
      ['[others...]', 'more'],
    ],
    options: { trials: simulating.trials },
    run: (flags, first, others) => void heard.push(flags, first, others),
  })
  const program = new Command().exitOverride()
  register(program.command('outer'), { arguments: [], options: {}, commands: { inner: { summary: 'inner', ...inner } } })
  await program.parseAsync(['outer', 'inner', 'a', 'b', 'c', '--trials', '2k'], { from: 'user' })
  expect(heard).toEqual([{ trials: 2_000 }, 'a', ['b', 'c']])
})
