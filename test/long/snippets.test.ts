// Each kind of block fails when it breaks, and for the reason that is meant.
import { afterAll, describe, expect, it } from 'vitest'
import { Reading, type Snippet } from '../docs/snippets.ts'

describe('a wrong block', () => {
  const reading = new Reading()
  afterAll(() => reading.close())
  const block = (language: string, text: string): Snippet => ({ line: 1, language, text: `${text}\n` })

  it.each([
    ['js', 'a property that there is not', "import * as billcast from 'billcast'\nbillcast.simulateAll", 'simulateAll'],
    [
      'ts',
      'a type that does not fit',
      "import { simulate } from 'billcast'\nawait simulate({}, { trials: '1m' })",
      'not assignable',
    ],
    ['js', 'an error when it runs', "throw new RangeError('there')", 'RangeError: there'],
    ['yaml', 'an unknown key', 'conversations: { bases: 50k }', 'bases'],
    ['yaml', 'a charge that makes no sense', '- { meter: resolutions }', 'charges'],
    ['yaml', 'a broken document', 'conversations: {', 'line'],
    ['sh', 'an unknown option', 'npx billcast check --nothing examples/annual-budget.yaml', '--nothing'],
    ['sh', 'an unknown command', 'npx billcast nothing', "unknown command 'nothing'"],
    ['sh', 'a file that there is not, in a pipe before the end', 'npx billcast run nothing.yaml | cat\ntrue', 'nothing.yaml'],
    ['sh', 'a script that there is not', 'npm run nothing', 'no npm script nothing'],
    ['sh', 'another package', 'npx nothing', 'npx nothing is not'],
    ['sh', 'npm in a way that nobody has thought of', 'npm publish', 'npm publish is not known'],
    ['json', 'a comma too many', '{ "a": 1, }', 'JSON'],
    ['text', 'a command that could be run', 'npx billcast run plan.yaml', 'can be run'],
    ['', 'no language', 'a', 'is not run'],
    ['toml', 'an unknown language', 'a = 1', 'is not run'],
  ])('fails: %s with %s', async (language, _, text, message) => {
    await expect(reading.run(block(language, text))).rejects.toThrow(message)
  })

  it.each([
    ['yaml', 'some fields', 'conversations: { base: 45k to 60k }'],
    ['yaml', 'a list of charges', '- { meter: resolutions, price: $0.99 }\n- { fee: $49/month }'],
    ['yaml', 'an offer', 'charges: [{ meter: resolutions, price: $0.99 }]'],
    [
      'sh',
      'comments, pipes and two commands',
      'npm ci && npm test # all\nnpx billcast run examples/annual-budget.yaml --json --trials 1m | head -c 10',
    ],
    ['json', 'data', '{ "a": 1 }'],
    ['text', 'a figure', '$386,120'],
  ])('differs from a correct one: %s of %s', async (language, _, text) => {
    await reading.run(block(language, text))
  })
})
