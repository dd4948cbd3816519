// The tables that docs/ shows of the product's lists. `UPDATE_DOCS=1` in the environment writes them anew.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { TABLES, withTables } from './tables.ts'

const pages = readdirSync('docs')
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`)

describe('the tables of docs/', () => {
  it.each(pages)('%s shows what the lists hold', (page) => {
    const stands = readFileSync(page, 'utf8')
    const { text } = withTables(stands)
    if (process.env.UPDATE_DOCS && text !== stands) writeFileSync(page, text)
    else expect(stands, 'run UPDATE_DOCS=1 npx vitest run --project unit test/docs').toBe(text)
  })
  it('each table stands on one page', () => {
    const found = pages.flatMap((page) => withTables(readFileSync(page, 'utf8')).names)
    expect(found.sort()).toEqual([...TABLES].sort())
  })
})
