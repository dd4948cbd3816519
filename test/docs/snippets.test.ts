// Every block of the README and of docs/ that is data does what it says.
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { Reading, runnable, snippetsOf } from './snippets.ts'

// Programs and commands take a second each: test/slow/documentation.test.ts runs those too.
for (const { document, snippets } of runnable('data'))
  describe(`the blocks of ${document}`, () => {
    const reading = new Reading()
    afterAll(() => reading.close())
    it.each(snippets)('run: $language in line $line', (snippet) => reading.run(snippet))
  })

describe('a block of a document', () => {
  it('is found with its language and line, indented or not, under either fence', () => {
    const markdown = 'a\n```js\nb\n\n  c\n```\n- d\n  ~~~yaml\n  e:\n    f: 1\n  ~~~\n````text\n```\n````\n'
    expect(snippetsOf(markdown)).toEqual([
      { line: 2, language: 'js', text: 'b\n\n  c\n' },
      { line: 8, language: 'yaml', text: 'e:\n  f: 1\n' },
      { line: 12, language: 'text', text: '```\n' },
    ])
  })
  it('is an error if it does not end', () => {
    expect(() => snippetsOf('```js\na\n')).toThrow('line 1')
  })
  it('stands in the documents that promise some', () => {
    expect(snippetsOf(readFileSync('README.md', 'utf8')).map(({ language }) => language)).toEqual(
      expect.arrayContaining(['js', 'sh', 'yaml']),
    )
  })
})
