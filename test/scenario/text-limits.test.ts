// Texts that a parser takes minutes for are refused before they are parsed, and texts at the limits are read.
import { expect, it } from 'vitest'
import { ScenarioError } from '../../src/errors.ts'
import { parseText } from '../../src/scenario/text.ts'
import { cpuSeconds } from '../cpu.ts'

function problemOf(text: string): string {
  try {
    parseText(text)
    return ''
  } catch (error) {
    if (error instanceof ScenarioError) return error.message
    throw error
  }
}

it.each([
  [
    '300,000 aliases',
    `a: &a\nb: [${'*a,'.repeat(200_000)}]`,
    /^scenario: expected at most 1,000 &anchors.*\(line 2, column 3002\)$/,
  ],
  ['a merge key again and again', `a: &a {x: 1}\n${'<<: *a\n'.repeat(90_000)}`, /^scenario: expected at most 1,000 &anchors/],
  ['a million values', `a: [${'1,'.repeat(500_000)}]`, /^scenario: expected at most 200,000 names, values and signs\. Move/],
  ['a million brackets', '['.repeat(1_000_000), /^scenario: expected at most 50 levels of nesting \(line 1, column 101\)$/],
  [
    'a line for YAML 1.1',
    '%YAML 1.1\n---\nbase: 017',
    /^scenario: expected no line that begins with %, except %YAML 1\.2 \(line 1, column 1\)$/,
  ],
])('%s', (_, text, message) => {
  const began = cpuSeconds()
  expect(problemOf(text)).toMatch(message)
  expect(cpuSeconds() - began).toBeLessThan(1)
})

it('counts values as often as aliases repeat them', () => {
  const times = (count: number) => `a: &a [${'1,'.repeat(999)}]\nb: [${'*a,'.repeat(count)}]`
  expect(problemOf(times(98))).toBe('')
  expect(problemOf(times(100))).toBe(
    'scenario: expected at most 100,000 values, counting those that *aliases repeat (line 1, column 1)',
  )
})

it('an alias stands for the last anchor of its name before it, and a sign in a text is text', () => {
  const { data } = parseText('%YAML 1.2\n---\na: &x 1\nb: *x\nc: &x 2\nd: [*x, "*x", "%"]\ne: |\n  %YAML 1.1\n  *x\n')
  expect(data).toEqual({ a: 1, b: 1, c: 2, d: [2, '*x', '%'], e: '%YAML 1.1\n*x\n' })
  expect(problemOf('a: &a [*a]')).toContain('inside its own anchor')
  expect(problemOf('a: *b\nb: &b 1')).toContain('expected an anchor &b before the alias *b')
})

it('a message of the parser quotes no line of a million signs', () => {
  expect(problemOf('|'.repeat(1_000_000))).toMatch(/^scenario: Block scalar header includes extra characters: \|+\.\.\./)
  expect(problemOf('|'.repeat(1_000_000)).length).toBeLessThan(400)
})
