// Compares the outputs that the pages show with what the commands print, at the same seed and number of trials.
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { isPrinted, missingLines } from '../docs/printed.ts'
import { Reading, type Snippet, snippetsOf } from '../docs/snippets.ts'

/** Blocks of output follow the commands that print them. */
function pairsIn(snippets: readonly Snippet[]): ReadonlyMap<Snippet, Snippet> {
  const pairs = snippets.flatMap((one, k) => {
    const next = snippets[k + 1]
    return one.language === 'sh' && next?.language === 'text' && isPrinted(next.text) ? [[one, next] as const] : []
  })
  return new Map(pairs)
}

const only = process.env.BILLCAST_PAGE
const pages = ['README.md', ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`)]
  .filter((name) => name.endsWith('.md') && (only === undefined || name.includes(only)))
  .map((name) => ({ name, snippets: snippetsOf(readFileSync(name, 'utf8')) }))
  .filter(({ snippets }) => pairsIn(snippets).size > 0)

for (const { name, snippets } of pages)
  describe(`the output in ${name}`, () => {
    const reading = new Reading()
    const pairs = pairsIn(snippets)
    afterAll(() => reading.close())
    const last = Math.max(...[...pairs.keys()].map((own) => snippets.indexOf(own)))
    // Earlier blocks write the files that later commands read.
    it.each(snippets.slice(0, last + 1).filter(({ language }) => language === 'yaml' || language === 'sh'))(
      'is printed by the block in line $line',
      (snippet) => {
        if (snippet.language === 'yaml') return reading.write(snippet)
        const output = reading.printed(snippet)
        const shown = pairs.get(snippet)
        if (shown) expect(missingLines(shown.text, output), `printed:\n${output}`).toEqual([])
      },
    )
  })

it('is compared on every page that shows some', () => {
  if (only === undefined) expect(pages.length).toBeGreaterThan(20)
})
