import { describe, expect, it } from 'vitest'
import { ScenarioError } from '../../src/errors.ts'
import { cpuSeconds } from '../cpu.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { good, MISTAKES, SLIPS, yaml } from './slips.ts'

const reader = { read: () => Promise.reject(new Error('no file')) }
const problems = async (input: string | object): Promise<string> => {
  try {
    await resolve(readScenario(input), reader)
  } catch (error) {
    if (error instanceof ScenarioError) return error.message
    throw error
  }
  return ''
}

describe('a scenario that cannot be run says where and why', () => {
  it.each(MISTAKES)('%j', async (input, message) => {
    expect(await problems(input)).toContain(message)
  })
  it('says all of it at once, with the line', async () => {
    const text =
      'conversations: { base: -1 }\nresolution: { rate: 700% }\noffers:\n  a: { charges: [{ meter: resolutions, price: -2 }] }\n'
    const lines = (await problems(text)).split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toMatch(/offers\.a\.charges\[0\]\.price: .*line 4/)
  })
  it('refuses an alias bomb within a second', async () => {
    const bomb = [
      'a0: &a0 [x, x, x, x, x, x, x, x, x]',
      ...Array.from({ length: 9 }, (_, k) => `a${k + 1}: &a${k + 1} [${new Array(9).fill(`*a${k}`).join(', ')}]`),
    ].join('\n')
    const started = cpuSeconds()
    expect(await problems(bomb)).not.toBe('')
    expect(cpuSeconds() - started).toBeLessThan(1)
  })
})

describe('a slip of the pen is explained as it was written', () => {
  it.each(SLIPS)('%#: %.80s', async (input, message) => {
    expect(await problems(input)).toContain(message)
  })
  it('a pair of inputs that is correlated twice', async () => {
    const between = ['conversations.base', 'resolution.rate']
    const uncertain = { ...good, conversations: { base: '1 to 2' }, resolution: { rate: '60% to 70%' } }
    const twice = [
      { between, rho: 0.5 },
      { between: [...between].reverse(), rho: -0.5 },
    ]
    expect(await problems({ ...uncertain, correlations: twice })).toBe(
      'correlations[1].between: expected each pair once, got resolution.rate and conversations.base as in correlations[0]',
    )
  })
  it('no error runs over a line, and few errors follow from one', async () => {
    const text = yaml('conversations: { base: [1, }')
    const lines = (await problems(text)).split('\n')
    expect(lines.length).toBeLessThanOrEqual(3)
    for (const line of lines) expect(line).toMatch(/^scenario: .* \(line \d+, column \d+\)$/)
  })
})

it('of thousands of problems the first are told', async () => {
  const text = yaml('months: 12') + Array.from({ length: 20_000 }, (_, k) => `zzkey${k}: ${k}\n`).join('')
  const lines = (await problems(text)).split('\n')
  expect(lines).toHaveLength(101)
  expect(lines[100]).toBe('scenario: there are more problems than these')
})

describe('text as editors save it', () => {
  it.each([
    ['with CRLF', yaml('months: 3').replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\ufeff${yaml('months: 3')}`],
    ['without a line at the end', yaml('months: 3').trimEnd()],
    ['as JSON with tabs', JSON.stringify(good, undefined, '\t')],
  ])('%s', async (_, text) => {
    expect(await problems(text)).toBe('')
  })
})
