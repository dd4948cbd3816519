// A rate of change may have any sign, so its "A to B" is normal. A share of a whole has a logit-normal interval.
import { isStaged, type Staged } from '../../src/contract/fields.ts'
import { describe, expect, it } from 'vitest'
import { ScenarioError } from '../../src/errors.ts'
import { distributionOf, type Uncertain } from '../../src/numerics/distributions/index.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import type { ResolvedScenario } from '../../src/scenario/resolved.ts'

const reader = { read: () => Promise.reject(new Error('no file')) }
const resolved = async (conversations: object, resolution: object, offer: object = {}): Promise<ResolvedScenario> => {
  const charges = [{ meter: 'resolutions', price: '$1' }]
  const written = { conversations: { base: '50k', ...conversations }, resolution, offers: { a: { charges, ...offer } } }
  return (await resolve(readScenario(written), reader)).scenario
}
const problem = async (conversations: object, resolution: object, offer: object = {}): Promise<string> => {
  try {
    await resolved(conversations, resolution, offer)
  } catch (error) {
    if (error instanceof ScenarioError) return error.message
    throw error
  }
  return ''
}
const rate = { rate: '65%' }
const Z95 = 1.6448536269514722

/** Two distributions differ by at most a few hundredths of a point, in the middle and in the tails. */
/** A value that is stated without stages. */
function only<T>(value: Staged<T> | undefined): T {
  if (value === undefined || isStaged(value)) throw new Error('no single value')
  return value
}

function nearlyTheSame(a: Uncertain | undefined, b: Uncertain | undefined): void {
  const [one, other] = [distributionOf(a ?? Number.NaN), distributionOf(b ?? Number.NaN)]
  expect(one.name).toBe('normal')
  for (const p of [0.001, 0.05, 0.5, 0.95, 0.999])
    expect(Math.abs(one.quantile(p, 1 - p) - other.quantile(p, 1 - p))).toBeLessThan(0.000_2)
  expect(Math.abs(one.mean - other.mean)).toBeLessThan(0.000_1)
}

describe('an interval of a rate of change is normal, whatever its signs:', () => {
  it.each(['month', 'year'])('growth from 0%% and from 0.01%% a %s nearly coincide', async (per) => {
    const growth = async (low: string) => only((await resolved({ growth: `${low} to 3%/${per}` }, rate)).conversations.growth).value
    nearlyTheSame(await growth('0%'), await growth('0.01%'))
    expect(await growth('1%')).toMatchObject({ distribution: 'normal', mean: expect.closeTo(0.02, 12) })
    expect(await growth('1%')).toMatchObject({ sd: expect.closeTo(0.01 / Z95, 12) })
  })
  it.each(['pt', '%'])('an improvement from 0 and from 0.01 %s a month nearly coincide', async (unit) => {
    const improvement = async (low: string) =>
      only((await resolved({}, { ...rate, improvement: `${low}${unit} to 2${unit}/month` })).resolution?.improvement).value
    nearlyTheSame(await improvement('0'), await improvement('0.01'))
    expect(await improvement('0.5')).toMatchObject({ distribution: 'normal', mean: expect.closeTo(0.0125, 12) })
  })
  it('an offset and a change at renewal are normal even if both ends are above 0', async () => {
    const { offers } = await resolved({}, rate, { offset: '1pt to 3pt', renewal: { month: 12, change: '5% to 15%' } })
    expect(offers[0].resolution?.offset).toMatchObject({ distribution: 'normal', mean: expect.closeTo(0.02, 12) })
    expect(offers[0].renewal?.change).toMatchObject({ distribution: 'normal', mean: expect.closeTo(0.1, 12) })
  })
  it('three percentiles of a growth make a plain metalog', async () => {
    const { conversations } = await resolved({ growth: { value: { p10: '0.5%', p50: '1%', p90: '2%' }, per: 'month' } }, rate)
    expect(only(conversations.growth).value).toMatchObject({ distribution: 'metalog', form: 'plain' })
  })
  it('a share of a whole stays logit-normal', async () => {
    const share = { distribution: 'logitNormal' }
    const { conversations, resolution, offers } = await resolved(
      { involvement: '80% to 90%' },
      { rate: '60% to 70%', ceiling: '80% to 90%' },
      { counted: { resolved: '95% to 99%', unresolved: '2pt to 5pt' } },
    )
    expect([conversations.involvement, resolution?.rate, resolution?.ceiling]).toMatchObject([share, share, share])
    expect(offers[0].counted).toMatchObject({ resolved: share, unresolved: share })
  })
  it('the size of a setback, which is not a rate of change, stays above 0', async () => {
    const { resolution } = await resolved({}, { ...rate, setbacks: { probability: '2%', size: '2pt to 8pt' } })
    expect(resolution?.setbacks?.size).toMatchObject({ distribution: 'lognormal' })
  })
})

describe('a saturating approach needs an improvement of 0 or more:', () => {
  const saturating = (improvement: string) => problem({}, { ...rate, improvement, approach: 'saturating' })
  it.each(['-1pt to 2pt/month', '0pt to 2pt/month', '0.01pt to 2pt/month', '0.1% to 2%/month', 'normal(1pt, 0.5pt)/month'])(
    '%s reaches below 0 and is refused',
    async (improvement) => {
      expect(await saturating(improvement)).toMatch(
        /^resolution\.improvement: expected an improvement of 0 or more .*such as pert\(0(pt|%), 1(pt|%), 2(pt|%)\)\/month, got one that may be negative/,
      )
    },
  )
  it.each(['1pt/month', '0pt/month', '0.5pt to 1pt/month', 'pert(0pt, 1pt, 2pt)/month', 'pert(0%, 1%, 2%)/month'])(
    '%s is accepted',
    async (improvement) => expect(await saturating(improvement)).toBe(''),
  )
  it('an offer that saturates is checked with the shared improvement', async () => {
    const own = { resolution: { approach: 'saturating' } }
    expect(await problem({}, { ...rate, improvement: '0pt to 2pt/month' }, own)).toContain(
      'offers.a.resolution.improvement: expected',
    )
  })
})

describe('parameters of a distribution have their own kind:', () => {
  it.each([
    [
      'logitNormal(60%, 20%)',
      'resolution.rate.location: expected a number without a unit, such as 0.6: logitNormal(location, scale)',
    ],
    ['logitNormal(0.6, 20%)', 'resolution.rate.scale: expected a number without a unit'],
    ['{ "distribution": "logitNormal", "location": "60%", "scale": 1 }', 'or betaMean(65%, 5%)), got "60%"'],
    ['beta(65%, 35%)', 'resolution.rate.alpha: expected a number without a unit, such as 2, got "65%"'],
  ])('%s is refused where a unit has no meaning', async (written, message) => {
    const value: unknown = written.startsWith('{') ? JSON.parse(written) : written
    expect(await problem({}, { rate: value })).toContain(message)
  })
  it.each(['logitNormal(0.6, 0.2)', 'betaMean(65%, 5%)', 'beta(13, 7)', 'normal(65%, 2%)'])('%s is read', async (written) =>
    expect(await problem({}, { rate: written })).toBe(''),
  )
  it('log-odds stay log-odds', async () => {
    const { resolution } = await resolved({}, { rate: 'logitNormal(0.6, 0.2)' })
    expect(resolution?.rate).toEqual({ distribution: 'logitNormal', location: 0.6, scale: 0.2 })
  })
})

describe('a range with a scale or unit at one end only', () => {
  it.each([
    [
      '45 to 60k',
      'conversations.base: expected a scale at both ends or at neither, as in "45k to 60k" or "45 to 60000", got "45 to 60k"',
    ],
    ['1.2 to 3m', '"1.2m to 3m" or "1.2 to 3000000"'],
    ['45k to 60000', '"45k to 60000k" or "45000 to 60000"'],
    ['45k to 60', 'expected a range whose first end is below its second end (did you mean "45k to 60k"?), got "45k to 60"'],
  ])('is refused with its readings: %s', async (base, message) => expect(await problem({ base }, rate)).toContain(message))
  it.each([
    ['-5 to 5%/year', 'a unit at both ends, as in "-5% to 5%" or "-500% to 5%"'],
    ['0.01 to 3%/year', '"0.01% to 3%" or "1% to 3%"'],
    ['1 to 3%/year', '(did you mean "1% to 3%"?)'],
    ['1% to 3/year', '(did you mean 3%?)'],
  ])('is refused in a rate of change: %s', async (growth, message) => {
    expect(await problem({ growth }, rate)).toContain(message)
  })
  it('is refused in a share', async () => {
    expect(await problem({}, { rate: '0.6 to 70%' })).toContain('"0.6% to 70%" or "60% to 70%"')
    expect(await problem({}, { rate: '60 to 70%' })).toContain('did you mean 60%?')
    expect(await problem({}, { rate: '60% to 0.7' })).toBe('')
  })
  it('is refused in an amount of money', async () => {
    const offer = { charges: [{ meter: 'resolutions', price: '$1 to 3k' }] }
    expect(await problem({}, rate, offer)).toContain('"$1k to 3k" or "$1 to $3000", got "$1 to 3k"')
  })
  it.each(['45k to 60k', '500 to 1k', '45000 to 60000', '900k to 1.2m', '4.5e4 to 60000'])(
    'is read if there is one reading: %s',
    async (base) => expect(await problem({ base }, rate)).toBe(''),
  )
  it('is read as dollars if one end has the sign', async () => {
    const priced = async (price: string) =>
      (await resolved({}, rate, { charges: [{ meter: 'resolutions', price }] })).offers[0].charges[0]
    for (const written of ['$1 to 3', '1 to $3']) expect(await priced(written)).toEqual(await priced('$1 to $3'))
  })
})
