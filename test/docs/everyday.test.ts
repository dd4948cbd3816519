// The everyday tasks of a program stay short.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { snippetsOf } from './snippets.ts'

it('shows ten tasks in at most ten lines each', () => {
  const tasks = snippetsOf(readFileSync('docs/how-to/use-the-library.md', 'utf8')).filter(({ language }) => language === 'js')
  expect(tasks).toHaveLength(10)
  for (const { line, text } of tasks)
    expect(text.split('\n').filter((row) => row.trim() !== '').length, `the block of line ${line}`).toBeLessThanOrEqual(10)
})
