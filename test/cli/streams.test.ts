// Tests that text for people is broken between words on a terminal, and that lines for machines are not.
import { afterEach, expect, it, vi } from 'vitest'
import { jsonToStderr, terminalLines, toStderr } from '../../src/cli/streams.ts'

const { isTTY, columns } = process.stderr
afterEach(() => {
  vi.restoreAllMocks()
  Object.assign(process.stderr, { isTTY, columns })
})

/** What a program writes to a terminal of 20 columns. */
function writtenBy(program: () => void): string {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  Object.assign(process.stderr, { isTTY: true, columns: 20 })
  program()
  return write.mock.calls.map(([text]) => text).join('')
}

it('a sentence is broken between words on a terminal', () => {
  expect(writtenBy(() => toStderr('Wrote plan.yaml. Try billcast run plan.yaml.\n'))).toBe(
    'Wrote plan.yaml. Try\nbillcast run\nplan.yaml.\n',
  )
})

it('a line of JSON stays whole', () => {
  expect(writtenBy(() => jsonToStderr({ event: 'done', message: 'a message of many words' }))).toBe(
    '{"event":"done","message":"a message of many words"}\n',
  )
})

it('text for a pipe keeps its lines', () => {
  const pipe = { ...process.stderr, isTTY: false, columns: 20 } as unknown as NodeJS.WriteStream
  expect(terminalLines('a line that is longer than twenty columns\n', pipe)).toEqual([
    'a line that is longer than twenty columns',
    '',
  ])
})
