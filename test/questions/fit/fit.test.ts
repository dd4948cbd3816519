// The fit of a column: what it reads, what it refuses, and how it ranks distributions.
import fc from 'fast-check'
import seedrandom from 'seedrandom'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseUncertain } from '../../../src/notation/uncertain.ts'
import { writtenUncertain } from '../../../src/notation/written.ts'
import { distributionOf, type Uncertain } from '../../../src/numerics/distributions/index.ts'
import { FITTINGS } from '../../../src/numerics/fitting/list.ts'
import { charts } from '../../../src/present/charts/index.ts'
import { type Fit, fitOf } from '../../../src/questions/fit/fit.ts'
import { thorough } from '../../effort.ts'

const draws = (spec: Uncertain, count: number): number[] => {
  const { quantile } = distributionOf(spec)
  const next = seedrandom('fit')
  return Array.from({ length: count }, () => {
    const p = next()
    return Number(quantile(p, 1 - p).toPrecision(6))
  })
}
const amounts = draws({ distribution: 'lognormal', mean: 50_000, sd: 45_000 }, 300)
const csv = (header: string, cells: readonly unknown[]) => `${header}\n${cells.join('\n')}\n`
const refusal = (input: Parameters<typeof fitOf>[0], options = {}) =>
  fitOf(input, options).then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  )
const names = ({ distributions }: Fit) => distributions.map(({ distribution }) => distribution)

describe('a fit', () => {
  it('names every distribution of the list once, fitted or with a reason', async () => {
    const found = await fitOf(amounts)
    const all = [...names(found), ...found.others.map(({ distribution }) => distribution)]
    expect(all.sort()).toEqual(Object.keys(FITTINGS).sort())
  })
  it('ranks by the two criteria, which follow from the likelihood', async () => {
    const { distributions, notation, words } = await fitOf(amounts)
    expect(distributions[0].distribution).toBe('lognormal')
    expect(notation).toBe(distributions[0].notation)
    expect(words).toContain('The lognormal distribution describes the values best.')
    for (const { free, logLikelihood, aic, bic, rank } of distributions) {
      expect(aic).toBeCloseTo(2 * free - 2 * logLikelihood, 8)
      expect(bic).toBeCloseTo(free * Math.log(300) - 2 * logLikelihood, 8)
      expect(rank.bic).toBe(1 + distributions.filter((other) => other.bic < bic).length)
      expect(rank.aic).toBe(1 + distributions.filter((other) => other.aic < aic).length)
    }
  })
  it('states notations that read back as the same distributions', async () => {
    const rates = draws({ distribution: 'beta', alpha: 40, beta: 20 }, 100)
    const changes = draws({ distribution: 'studentT', df: 3, location: -1, scale: 2 }, 100)
    const counts = Array.from({ length: 90 }, (_, k) => 3 + ((k * k) % 5))
    for (const values of [amounts, rates, changes, counts]) {
      const { distributions, as } = await fitOf(values)
      for (const { notation, spec } of distributions) {
        const pasted: unknown = parse(`x: ${notation.startsWith('{') ? notation : `"${notation}"`}`)
        expect(parseUncertain((pasted as { x: unknown }).x, as === 'share' ? 'rate' : 'amount')).toEqual(spec)
      }
    }
  })
  it('holds only values that a family can hold', async () => {
    const { others } = await fitOf([-1, ...amounts])
    const reasons = Object.fromEntries(others.map(({ distribution, reason }) => [distribution, reason]))
    expect(reasons.gamma).toBe('it needs values above 0')
    expect(reasons.exponential).toBe('it needs values at least 0')
    expect(reasons.beta).toBe('it needs values between 0 and 1')
  })
  it('of counts prefers their own shares, and compares densities by the cells around the counts', async () => {
    const counts = [3, 4, 4, 5, 5, 5, 9, 9].flatMap((x) => new Array<number>(10).fill(x))
    const { distributions, others } = await fitOf(counts)
    const [best] = distributions
    expect(best).toMatchObject({ notation: 'discrete(3: 10, 4: 20, 5: 30, 9: 20)', free: 3, andersonDarling: null, mean: 5.5 })
    const entropy = [10, 20, 30, 20].reduce((sum, n) => sum + n * Math.log(n / 80), 0)
    expect(best.logLikelihood).toBeCloseTo(entropy, 9)
    const uniform = distributions.find(({ distribution }) => distribution === 'uniform')
    // Its range ends at the edge of the cell of 9 and begins where that of 3 holds its share, 10 of 80.
    expect(uniform?.notation).toBe('uniform(2.64, 9.5)')
    expect(uniform?.logLikelihood).toBeCloseTo(10 * Math.log(1 / 8) + 70 * Math.log(1 / (6 / 0.875)), 2)
    expect(others.length).toBeGreaterThan(0)
  })
  it('of six whole numbers that are equally frequent is uniform over their cells', async () => {
    const { distributions, goodness, unit } = await fitOf([1, 2, 3, 4, 5, 6].flatMap((x) => new Array<number>(100).fill(x)))
    expect(distributions.slice(0, 2).map(({ notation }) => notation)).toEqual([
      'uniform(0.5, 6.5)',
      'discrete(1: 100, 2: 100, 3: 100, 4: 100, 5: 100, 6: 100)',
    ])
    expect(distributions[0].logLikelihood).toBeCloseTo(600 * Math.log(1 / 6), 6)
    expect(unit).toBe(1)
    expect(goodness?.value).toBeGreaterThan(0.5)
  })
  it('of equal values is a constant, and says so', async () => {
    const found = await fitOf(new Array<number>(8).fill(0.1))
    expect(found).toMatchObject({ constant: 0.1, mean: 0.1, sd: 0, notation: '0.1', distributions: [] })
    expect(found.words).toBe('All 8 values are 0.1, so this is a constant and nothing is uncertain. Write 0.1.')
  })
  it('says whether the values may come from the best distribution', async () => {
    const good = await fitOf(amounts)
    expect(good.goodness?.value).toBeGreaterThan(0.05)
    expect(good.goodness?.se).toBeGreaterThan(0)
    expect(good.words).toMatch(
      /\d% of samples of this distribution would be at least as far from it .*, so the values agree with it\./,
    )
    // Seven narrow groups, and no family has more than three parts.
    const groups = amounts.map((_, k) => (k % 7) ** 3 + k / 1_000)
    const bad = await fitOf(groups)
    expect(bad.goodness?.value).toBeLessThan(0.03)
    expect(bad.words).toMatch(/Even so, it is far from the values \(A² = [\d.]+\): at most [\d.]+% of samples/)
  })
  it.runIf(thorough)('gives the same figures whatever the order of the values, and never a number that is none', async () => {
    const found = await fitOf(amounts)
    expect(await fitOf([...amounts].reverse())).toEqual(found)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 8, maxLength: 20 }),
        async (values) => {
          const { distributions } = await fitOf(values)
          for (const { logLikelihood, aic, bic, andersonDarling, mean, sd } of distributions)
            for (const figure of [logLikelihood, aic, bic, andersonDarling ?? 0, mean, sd])
              expect(figure).toSatisfy(Number.isFinite)
        },
      ),
      { numRuns: 6, seed: 7 },
    )
  })
})

describe('a column', () => {
  it('is found if it is the only one of numbers, and its guesses are stated', async () => {
    const text = `id;Cost (€);day\n${amounts.map((x, k) => `A${k};${String(Math.round(x) / 100).replace('.', ',')};2027-01-${(k % 28) + 1}`).join('\n')}\n`
    const found = await fitOf(text, { name: 'costs.csv' })
    expect(found.notes).toEqual(['read as: values = Cost (€); 300 rows, decimal commas; not read: id, day'])
    expect(found.max).toBe(Math.round(Math.max(...amounts)) / 100)
  })
  it('may hold percentages and empty cells', async () => {
    const { notes, as, min, count } = await fitOf(
      csv('rate,note', ['61%,', ',x', ...[62, 63, 65, 66, 70, 71, 72].map((x) => `${x}%,`)]),
      {
        column: 'rate',
      },
    )
    expect({ notes, as, min, count }).toEqual({
      notes: ['read as: values = rate; 8 rows, percentages; not read: note', 'left out 1 empty cell'],
      as: 'share',
      min: 0.61,
      count: 8,
    })
  })
  it('of shares may be read as numbers', async () => {
    const prices = draws({ distribution: 'beta', alpha: 40, beta: 20 }, 60)
    const metalog = async (options: object) =>
      (await fitOf(prices, options)).distributions.find(({ distribution }) => distribution === 'metalog')?.spec.form
    expect([await metalog({}), await metalog({ as: 'number' })]).toEqual(['logit', 'log'])
  })
  it('is taken as shares by its values or its name, which the notes say', async () => {
    const shares = draws({ distribution: 'beta', alpha: 14, beta: 2 }, 80)
    const reasons = ({ others }: Fit) => Object.fromEntries(others.map(({ distribution, reason }) => [distribution, reason]))
    const named = await fitOf(csv('resolution rate', shares))
    expect(named.notes[1]).toBe(
      'taken as shares, since its name is resolution rate and all values lie between 0 and 1; --as number takes them as numbers',
    )
    expect(reasons(named).normal).toMatch(/^it has [\d.]+% of draws above 100%, which a plan refuses for a share$/)
    expect(reasons(named).weibull).toContain('above 100%')
    expect(names(named)).toContain('beta')
    const guessed = await fitOf(csv('hours', shares))
    expect(guessed.notes[1]).toBe('taken as shares, since all values lie between 0 and 1; --as number takes them as numbers')
    const normal = guessed.distributions.find(({ distribution }) => distribution === 'normal')
    const { survival } = distributionOf(normal?.spec ?? 0)
    expect(normal?.stray).toEqual({ below: 0, above: survival(1) })
    expect(guessed.distributions.find(({ distribution }) => distribution === 'beta')?.stray).toBeUndefined()
    const numbers = await fitOf(csv('resolution rate', shares), { as: 'number' })
    expect(numbers.distributions.every(({ stray }) => stray === undefined)).toBe(true)
    expect(numbers.notes).toHaveLength(1)
  })
  it.each([
    ['too few rows', csv('x', [1, 2, 3, 4, 5, 6, 7]), {}, 'column "x" of "values": expected at least 8 values, got 7'],
    ['text', csv('x', [1, 2, 3, 4, 'five', 6, 7, 8]), {}, 'expected a number in line 6, column "x" of "values", got "five"'],
    ['infinity', csv('x', [1, 2, 3, 4, 'inf', 6, 7, 8]), {}, 'got "inf"'],
    ['a number too large', csv('x', [1, 2, 3, 4, '1e999', 6, 7, 8]), {}, 'got "1e999"'],
    [
      'two columns',
      csv('x,y', new Array(9).fill('1,2')),
      {},
      'expected one column of numbers in "values", got "x", "y": state one',
    ],
    ['no column of numbers', csv('x,y', new Array(9).fill('a,b')), {}, 'got none among "x", "y"'],
    [
      'an unknown column',
      csv('x,y', new Array(9).fill('1,2')),
      { column: 'z' },
      'expected a column "z" in line 1 of "values", got "x", "y"',
    ],
    ['no header', csv('4', [1, 2, 3, 4, 5, 6, 7, 8]), {}, 'expected the name of the column in line 1 of "values", got "4"'],
    ['some percentages', csv('x', ['1%', 2, 3, 4, 5, 6, 7, 8]), {}, 'or in none, got "2" in line 3'],
  ])('is refused with %s', async (_, text, options, message) => {
    expect(await refusal(text, options)).toContain(message)
  })
})

describe('numbers', () => {
  it.each([
    ['too few', [1, 2, 3], {}, 'values: expected at least 8 values, got 3'],
    ['one that is none', [1, 2, Number.NaN, 4, 5, 6, 7, 8], {}, 'values[2]: expected a number between ±1e150, got NaN'],
    ['an infinite one', [1, 2, 3, 4, 5, 6, 7, Infinity], {}, 'values[7]: expected a number between ±1e150, got Infinity'],
    ['a share above 1', [1, 2, 3, 4, 5, 6, 7, 8], { as: 'share' }, 'as: expected shares from 0 to 1, got the value 2'],
    ['a column', [1, 2, 3, 4, 5, 6, 7, 8], { column: 'x' }, 'column: remove this option'],
    ['no list', 5, {}, 'values: expected numbers, such as [41200, 39800, …], or the text of a CSV file, got 5'],
    ['an unknown option', [1], { colunm: 'x' }, 'did you mean column?'],
  ])('are refused with %s', async (_, values, options, message) => {
    expect(await refusal(values as number[], options)).toContain(message)
  })
})

it.each([
  ['normal(3, 2)', { distribution: 'normal', mean: 3, sd: 2 }],
  ['1e-7', 1e-7],
  [
    '{ p2.5: 1, p50: 2, p97.5: 4 }',
    { distribution: 'metalog', form: 'log', probabilities: [0.025, 0.5, 0.975], values: [1, 2, 4] },
  ],
  [
    'mixture(2: 0.25, gamma(2, 1e+21): 0.75)',
    { distribution: 'mixture', components: [2, { distribution: 'gamma', shape: 2, scale: 1e21 }], weights: [0.25, 0.75] },
  ],
])('%s is the notation of its distribution', (text, value) => {
  expect(writtenUncertain(value)).toBe(text)
})

describe('a chart of a fit', () => {
  it('shows the values beside the quantiles of a distribution', async () => {
    const found = await fitOf(amounts)
    const { spec, description } = charts.quantiles(found, 'gamma')
    const points = (spec.data as { values: { value: number; quantile: number }[] }).values
    const gamma = distributionOf(found.distributions.find(({ distribution }) => distribution === 'gamma')?.spec ?? 0)
    const sorted = [...amounts].sort((a, b) => a - b)
    expect(points).toHaveLength(200)
    expect([points[0].value, points[199].value]).toEqual([sorted[0], sorted[299]])
    expect(points[0].quantile).toBeCloseTo(gamma.quantile(0.5 / 300, 1 - 0.5 / 300), 6)
    expect(description).toContain('gamma(')
    expect(() => charts.quantiles(found, 'beta')).toThrow('there is no fit of "beta"')
  })
  it('counts the values in classes beside the expected counts', async () => {
    const found = await fitOf(amounts)
    expect(found.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(300)
    const { spec, title } = charts.histogram(found)
    expect(title).toBe('lognormal describes the 300 values best')
    expect(JSON.stringify(spec)).toContain('expected')
    expect(await charts.histogram(found).toSVG()).toContain('<svg')
    const constant = await fitOf(new Array<number>(9).fill(2))
    expect(() => charts.histogram(constant)).toThrow('All values are 2')
  })
})
