import { expect, it } from 'vitest'
import { constructsOf } from './constructs.ts'

const found = (text: string) => constructsOf(text).map(({ at, within }) => [within, text.slice(at).split('\n', 1)[0]])

it('finds what creates a message, and the functions that it stands in', () => {
  const text = `
function read(file) {
  if (!file) throw new UsageError('no file')
  const bad = () => new ParameterError('a', 'b', 1)
  if (file === 1) throw bad()
  problems.push({ path: [], message: 'a' })
  return [{ path: [], message: 'b' }]
}
class Reader {
  #check() { context.addIssue({ message: 'c' }) }
  run = (report) => report({ event: 'warning', message: \`d\` })
}`
  expect(found(text).map(([within]) => within)).toEqual(['read', 'read.bad', 'read', 'read', 'read', 'Reader.#check', 'Reader'])
})

it('leaves out what passes a message on', () => {
  const text = `
try { run() } catch (error) { throw error }
for (const message of warnings) report({ event: 'warning', message })
problems.map(({ path, message }) => ({ path, message: message.text }))
warn(message)`
  expect(found(text)).toEqual([])
})
