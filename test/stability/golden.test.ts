// The summaries of these scenarios never change by accident. Three that have every charge and driver run here, all of them in test/slow.
// .ci/run, test/long and test/browser compare other runtimes with the same file.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { simulate } from '../simulate.ts'
import { type Golden, type GoldenScenario, figuresOf, goldenFaults, goldenFigures, goldenOf, unusedRenames } from './golden.mjs'

const read = (name: string): string => readFileSync(`test/stability/${name}`, 'utf8')
const golden = JSON.parse(read('golden.json')) as Golden
const renames = JSON.parse(read('renames.json')) as Record<string, string>
const scenarios = JSON.parse(read('scenarios.json')) as GoldenScenario[]

const HOW_TO_CHANGE = `Golden figures have changed or are missing. If you did not mean to change them, find the change and take it back.
If only a name changed, add it to test/stability/renames.json. If you meant to change a figure:
node test/stability/print.mjs > test/stability/golden.json, empty renames.json, and add a line to CHANGELOG.md that begins with
"Golden figures", names the new file's hash (this test prints it) and says why. docs/reliability.md says when you may do that.`

describe('golden figures', () => {
  it('cover twenty-one scenarios', () => {
    expect(scenarios).toHaveLength(21)
    expect(golden.scenarios).toEqual(scenarios.map(({ name }) => name))
    expect(Object.keys(golden.figures).length).toBeGreaterThan(200)
  })

  it.each(['what is counted and credited', 'every charge, with periods that the horizon cuts off', 'everything at once'])(
    'of one scenario are those of golden.json: %s',
    async (name) => {
      const one = scenarios.filter((scenario) => scenario.name === name)
      const found = await goldenFigures(simulate, one)
      expect(found.scenarios).toEqual([name])
      expect(goldenFaults(golden, found, renames), HOW_TO_CHANGE).toEqual([])
    },
  )

  it('never change without a line in the changelog', () => {
    const hash = createHash('sha256').update(read('golden.json')).digest('hex').slice(0, 12)
    expect(readFileSync('CHANGELOG.md', 'utf8'), HOW_TO_CHANGE).toMatch(new RegExp(`Golden figures \`${hash}\`[^\\n]*: \\S`))
  })
})

describe('the comparison with golden.json', () => {
  const summary = (mean: number) => ({
    offers: { fin: { bill: { mean, monthly: [1, -0] } }, ada: { bill: { mean: 2, monthly: [3, 4] } } },
    comparison: { shortfall: { ada: 5, fin: 6 } },
  })
  const of = (...summaries: readonly { readonly offers: object }[]): Promise<Golden> =>
    goldenOf(summaries.map((one, k) => ({ name: `scenario ${k}`, figures: figuresOf(one) })))
  const before = of(summary(1), summary(1))

  it('names the scenario and the figure if a last bit or the sign of a zero has changed', async () => {
    expect(goldenFaults(await before, await of(summary(1), summary(1 + Number.EPSILON)))).toEqual([
      'scenario 1: offers.*.bill.mean has changed',
    ])
    const positive = { ...summary(1), offers: { ...summary(1).offers, fin: { bill: { mean: 1, monthly: [1, 0] } } } }
    expect(goldenFaults(await before, await of(positive, summary(1)))).toEqual(['scenario 0: offers.*.bill.monthly.* has changed'])
  })

  it('names a figure that is missing, entirely or for one offer', async () => {
    expect(goldenFaults(await before, await of({ offers: summary(1).offers }, summary(1)))).toEqual([
      'scenario 0: comparison.shortfall.* is missing',
    ])
    const { fin } = summary(1).offers
    expect(goldenFaults(await before, await of({ ...summary(1), offers: { fin } }, summary(1)))).toEqual(
      expect.arrayContaining(['scenario 0: offers.*.bill.mean has changed']),
    )
  })

  it('ignores a new figure', async () => {
    const more = { ...summary(1), trials: 1024 }
    expect(goldenFaults(await before, await of(more, more))).toEqual([])
  })

  it('finds a figure under its new name, and still notices a change', async () => {
    const { shortfall } = summary(1).comparison
    const now = { offers: summary(1).offers, comparison: { expected: { shortfall } } }
    const names = { 'comparison.shortfall': 'comparison.expected.shortfall' }
    expect(goldenFaults(await before, await of(now, now), names)).toEqual([])
    const other = { ...now, comparison: { expected: { shortfall: { ...shortfall, ada: 7 } } } }
    expect(goldenFaults(await before, await of(other, now), names)).toEqual([
      'scenario 0: comparison.expected.shortfall.* has changed',
    ])
  })

  it('needs every rename of renames.json', () => {
    expect(unusedRenames(golden, renames)).toEqual([])
  })
})
