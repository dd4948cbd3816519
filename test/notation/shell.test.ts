// Names in commands that a message advises.
import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { shellWord } from '../../src/notation/shell.ts'

it('a name that a shell would split or expand stands in quotes, and others as they are', () => {
  expect(['plan.yaml', 'pläne/2027-01.yaml', 'my plan.yaml'].map(shellWord)).toEqual([
    'plan.yaml',
    'pläne/2027-01.yaml',
    "'my plan.yaml'",
  ])
  for (const name of ['my plan.yaml', "it's $HOME.yaml", '`id`;*.yaml', 'a"b\\c'])
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(name)}`], { encoding: 'utf8' })).toBe(name)
})
