// docs/library.md lists the function of each command: the library does all that the command does.
import { readFileSync } from 'node:fs'
import * as library from 'billcast'
import { expect, it } from 'vitest'
import { commands } from '../../src/cli/commands/index.generated.ts'
import * as queue from '../../src/platform/queue/index.ts'

const text = readFileSync('docs/library.md', 'utf8')
const table = text.slice(text.indexOf('| command | library |')).split('\n\n', 1)[0]
const rows = table
  .split('\n')
  .slice(2)
  .map((row) => row.split('|').slice(1, 3))
const names = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name)
const given = rows.flatMap(([, cell]) => names(cell))

/** They answer no question: helpers of programs, and names of the release before. */
const HELPERS = ['notebookProgress', 'element', 'distribution', 'defineCharge', 'bridge']

it('names every command', () => {
  expect(
    rows
      .flatMap(([cell]) => names(cell))
      .filter((name) => !name.startsWith('--'))
      .sort(),
  ).toEqual(commands.map(({ name }) => name).sort())
})

it('names every function of the library, and no other', () => {
  const functions = Object.entries({ ...library, ...queue }).flatMap(([name, value]) =>
    typeof value === 'function' && /^[a-z]/.test(name) && !HELPERS.includes(name) ? [name] : [],
  )
  const known = given.filter((name) => !name.includes('.') && name !== 'billcast/queue')
  expect([...new Set(known)].sort()).toEqual(functions.sort())
})

it('names methods that a result has', () => {
  const methods = given
    .filter((name) => name.startsWith('result.') && name !== 'result.summary')
    .map((name) => name.slice('result.'.length))
  expect(methods.length).toBeGreaterThan(8)
  for (const name of methods) expect(Object.getOwnPropertyNames(library.SimulationResult.prototype)).toContain(name)
})
