// Every block of the README and of docs/ does what it says: programs are checked and run, commands too.
import { Reading, runnable } from '../docs/snippets.ts'
import { afterAll, beforeAll, describe, it } from 'vitest'

for (const { document, snippets } of runnable('everything'))
  describe(`the blocks of ${document}`, () => {
    const reading = new Reading()
    beforeAll(() => reading.compile(snippets))
    afterAll(() => reading.close())
    it.each(snippets)('run: $language in line $line', (snippet) => reading.run(snippet))
  })
