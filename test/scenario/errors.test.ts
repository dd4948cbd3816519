import { describe, expect, it } from 'vitest'
import { ScenarioError } from '../../src/errors.ts'
import { cpuSeconds } from '../cpu.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { LEDGER_SLIPS } from './ledger-slips.ts'
import { RETURN_SLIPS } from './return-slips.ts'
import { SEGMENT_SLIPS } from './segment-slips.ts'
import { STAFF_SLIPS } from './staff-slips.ts'
import { good, MISTAKES, SLIPS, yaml } from './slips.ts'
import { TIME_SLIPS } from './time-slips.ts'

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

describe('a plan with mistakes', () => {
  it.each(MISTAKES)('gets a message with path and reason: %j', async (input, message) => {
    expect(await problems(input)).toContain(message)
  })
  it('gets all messages at once, with their lines', async () => {
    const text =
      'conversations: { base: -1 }\nresolution: { rate: 700% }\noffers:\n  a: { charges: [{ meter: resolutions, price: -2 }] }\n'
    const lines = (await problems(text)).split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toMatch(/offers\.a\.charges\[0\]\.price: .*line 4/)
  })
  it('is refused within a second if it is an alias bomb', async () => {
    const bomb = [
      'a0: &a0 [x, x, x, x, x, x, x, x, x]',
      ...Array.from({ length: 9 }, (_, k) => `a${k + 1}: &a${k + 1} [${new Array(9).fill(`*a${k}`).join(', ')}]`),
    ].join('\n')
    const started = cpuSeconds()
    expect(await problems(bomb)).not.toBe('')
    expect(cpuSeconds() - started).toBeLessThan(1)
  })
})

describe('a mistake in the people on the payroll', () => {
  it.each(STAFF_SLIPS)('%# gets a message with path and mend: %j', async (input, message) => {
    expect(await problems(input)).toContain(message)
  })
})

describe('a mistake in segments', () => {
  it.each(SEGMENT_SLIPS)('%# gets a message with path and mend: %j', async (input, message) => {
    expect(await problems(input)).toContain(message)
  })
})

describe('a mistake in the months of an offer', () => {
  it.each(TIME_SLIPS)('%# gets a message with path and mend: %j', async (input, message) => {
    expect(await problems(input)).toContain(message)
  })
})

describe('a mistake in the ledger', () => {
  it.each(LEDGER_SLIPS)('%# gets a message with path and mend: %j', async (input, message) => {
    expect(await problems(input)).toContain(message)
  })
})

describe('a mistake in what comes back', () => {
  it.each(RETURN_SLIPS)('%# gets a message with path and mend: %j', async (input, message) => {
    expect(await problems(input)).toContain(message)
  })
})

describe('a common mistake', () => {
  it.each(SLIPS)('%# gets a message that quotes it: %.80s', async (input, message) => {
    expect(await problems(input)).toContain(message)
  })
  it('may be to correlate the same inputs twice', async () => {
    const between = ['conversations.base', 'resolution.rate']
    const uncertain = { ...good, conversations: { base: '1 to 2' }, resolution: { rate: '60% to 70%' } }
    const twice = [
      { between, rho: 0.5 },
      { between: [...between].reverse(), rho: -0.5 },
    ]
    expect(await problems({ ...uncertain, correlations: twice })).toBe(
      'correlations[1].between: expected each pair only once, got resolution.rate and conversations.base again as in correlations[0]',
    )
  })
  it('causes at most three messages, of one line each', async () => {
    const text = yaml('conversations: { base: [1, }')
    const lines = (await problems(text)).split('\n')
    expect(lines.length).toBeLessThanOrEqual(3)
    for (const line of lines) expect(line).toMatch(/^scenario: .* \(line \d+, column \d+\)$/)
  })
})

it('only the first hundred of thousands of problems are listed', async () => {
  const text = yaml('months: 12') + Array.from({ length: 2_000 }, (_, k) => `zzkey${k}: ${k}\n`).join('')
  const lines = (await problems(text)).split('\n')
  expect(lines).toHaveLength(101)
  expect(lines[100]).toBe('scenario: has more than these 100 problems')
})

it('a no-break space in a range reads as a space', async () => {
  const range = 'conversations: { base: 45k\u00a0to\u00a060k }'
  const { scenario } = await resolve(readScenario(yaml(range)), reader)
  expect(scenario.conversations.base).toEqual(
    (await resolve(readScenario(yaml(range.replaceAll('\u00a0', ' '))), reader)).scenario.conversations.base,
  )
  expect(await problems(yaml('conversations: { base: 1, growth: 1%/month\u00a0to\u00a02%/month }'))).toBe('')
  expect(await problems(yaml('offers: { a: { charges: [{ meter: tickets, price: 1, maximum: $1k\u00a0to\u00a0$2k }] } }'))).toBe('')
})

describe('a plan is read as editors save it', () => {
  it.each([
    ['with CRLF', yaml('months: 3').replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\ufeff${yaml('months: 3')}`],
    ['without a line at the end', yaml('months: 3').trimEnd()],
    ['as JSON with tabs', JSON.stringify(good, undefined, '\t')],
  ])('%s', async (_, text) => {
    expect(await problems(text)).toBe('')
  })
})
