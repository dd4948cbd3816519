// llms.txt lists the pages of the documentation. `UPDATE_DOCS=1` in the environment writes it anew.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { llmsText } from '../../scripts/docs/llms.mjs'

const FILE = 'llms.txt'

it('llms.txt lists every page of the site, and each of its links leads to one', () => {
  const text = llmsText()
  if (process.env.UPDATE_DOCS !== undefined) writeFileSync(FILE, text)
  expect(readFileSync(FILE, 'utf8'), 'run UPDATE_DOCS=1 npx vitest run --project unit test/docs').toBe(text)
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link)
  expect(links.length).toBeGreaterThan(40)
  expect(links.filter((link) => !existsSync(link))).toEqual([])
  // Each entry says something about its page.
  expect(text.split('\n').filter((line) => /^- \[.*\): ?.{0,15}$/.test(line))).toEqual([])
})
