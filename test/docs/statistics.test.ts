// The tables of statistics in docs/results.md are those of the list. `UPDATE_DOCS=1 npx vitest run test/docs/statistics.test.ts` writes
// them.
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { missing, written } from './statistics.ts'

const PAGE = 'docs/results.md'

it('docs/results.md documents every statistic of the list', () => {
  const page = readFileSync(PAGE, 'utf8')
  if (process.env.UPDATE_DOCS !== undefined) writeFileSync(PAGE, written(page))
  expect(missing(page)).toEqual([])
  expect(readFileSync(PAGE, 'utf8')).toBe(written(page))
})
