// docs/reliability.md names the test behind each guarantee and each row. The files exist, and so do the titles in quotes.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const text = readFileSync('docs/reliability.md', 'utf8')
/** Paths of tests, each with the rest of its cell or sentence. */
const named = [...text.matchAll(/`(test\/[\w./-]*)`([^`|\n]*)/g)].map(([, path, after]) => ({ path, after }))
const titles = named.flatMap(({ path, after }) => [...after.matchAll(/"([^"]+)"/g)].map(([, title]) => ({ path, title })))

it('names only tests that exist', () => {
  expect(named.filter(({ path }) => !existsSync(path)).map(({ path }) => path)).toEqual([])
  // Another place would be a path that nobody finds.
  expect(text.match(/`[\w-]+\.test\.ts`/g) ?? []).toEqual([])
})

it('quotes only titles of these tests', () => {
  expect(titles.length).toBeGreaterThan(5)
  expect(titles.filter(({ path, title }) => !readFileSync(path, 'utf8').includes(title))).toEqual([])
})

describe('each row', () => {
  const rows = text.split('\n').filter((line) => /^\| (?!---|failure|threat)/.test(line))
  it.each(rows.map((row) => row.split('|').map((cell) => cell.trim())))('names its test:%s %s', (_, failure, _what, tests) => {
    expect([failure, /`(test\/|\.ci\/)/.test(tests)]).toEqual([failure, true])
  })
})

it('each guarantee names its test, or the table that does', () => {
  const guarantees = text
    .slice(text.indexOf('## Guarantees'), text.indexOf('## Many scenarios'))
    .split(/\n\n(?=\*\*)/)
    .slice(1)
  expect(guarantees.length).toBeGreaterThan(10)
  expect(guarantees.filter((one) => !/`test\/|-and-its-tests\)/.test(one)).map((one) => one.slice(0, 60))).toEqual([])
})
