// A test that does more in the slow or the long tests runs there: vitest.config.ts lists its file.
import { readdirSync, readFileSync } from 'node:fs'
import { glob } from 'tinyglobby'
import { expect, it } from 'vitest'
import config from '../../vitest.config.ts'

interface Project {
  readonly test: { readonly name: string; readonly include: string[] }
}
const projects = (config as { readonly test: { readonly projects: readonly Project[] } }).test.projects
const filesOf = (names: readonly string[]) => glob(projects.flatMap(({ test }) => (names.includes(test.name) ? test.include : [])))

const texts = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((name) => `test/${name.replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.test.ts') && !file.startsWith('test/lint/'))
  .sort()
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }))

/** Whether a file imports one of the names from test/effort.ts. */
const takes = (text: string, names: RegExp) => names.test(/import \{([^}]*)\} from '(\.\.\/)+effort\.ts'/.exec(text)?.[1] ?? '')
/** A third number is that of the slow tests. */
const THREE = /\beffort\([\d_]+, [\d_]+, [\d_]+\)/

it.each([
  [['slow', 'more'], (text: string) => takes(text, /\b(slow|thorough|someOf)\b/) || THREE.test(text)],
  [['long'], (text: string) => takes(text, /\b(long|effort)\b/)],
] as const)('the projects %j have each file that does more there', async (names, isMeant) => {
  const listed = await filesOf(names)
  const missing = texts.filter(({ file, text }) => isMeant(text) && !listed.includes(file)).map(({ file }) => file)
  expect(missing).toEqual([])
})
