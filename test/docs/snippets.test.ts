// Every block of the README and of docs/ does what it says.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { long } from '../effort.ts'
import { Reading, snippetsOf } from './snippets.ts'

const documents = [
  'README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** Programs and commands take a second each: they run in `.ci/run` and in the long tests, what is only read every time. */
const thorough = long || process.env.BILLCAST_DOCS !== undefined
/** What a queue needs is installed by `.ci/run`. */
const redis = spawnSync('redis-server', ['--version']).status === 0

for (const document of documents) {
  const snippets = snippetsOf(readFileSync(document, 'utf8'))
  const whole = thorough
  const own = snippets.filter(
    ({ language, text }) => (whole && (redis || !/redis/.test(text))) || !['js', 'ts', 'sh'].includes(language),
  )
  describe.runIf(own.length > 0)(`the blocks of ${document}`, () => {
    const reading = new Reading()
    beforeAll(() => (whole ? reading.compile(snippets) : undefined), 60_000)
    afterAll(() => reading.close())
    it.each(own)('run: $language in line $line', (snippet) => reading.run(snippet), 60_000)
  })
}

describe('blocks are found', () => {
  it('with their language and line, indented or not, under either fence', () => {
    const markdown = 'a\n```js\nb\n\n  c\n```\n- d\n  ~~~yaml\n  e:\n    f: 1\n  ~~~\n````text\n```\n````\n'
    expect(snippetsOf(markdown)).toEqual([
      { line: 2, language: 'js', text: 'b\n\n  c\n' },
      { line: 8, language: 'yaml', text: 'e:\n  f: 1\n' },
      { line: 12, language: 'text', text: '```\n' },
    ])
  })
  it('unless one does not end', () => {
    expect(() => snippetsOf('```js\na\n')).toThrow('line 1')
  })
  it('in documents that have some', () => {
    expect(snippetsOf(readFileSync('README.md', 'utf8')).map(({ language }) => language)).toEqual(
      expect.arrayContaining(['js', 'sh', 'yaml']),
    )
  })
})
