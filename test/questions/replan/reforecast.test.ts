// Reforecasts agree with conditional distributions that are known in closed form.
import { Matrix, solve } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { reforecastOf as reforecast } from '../../../src/questions/replan/reforecast.ts'
import { normalQuantile } from '../../../src/numerics/distributions/special/normal.ts'
import { exp, log, log1p } from '../../../src/numerics/kernel/math.ts'
import type { Method } from '../../../src/numerics/random/plan.ts'
import { normalMean } from '../../closed-forms/mathematics.ts'
import { rateNoise } from '../../closed-forms/rate-noise.ts'
import { long, slow, thorough } from '../../effort.ts'
import { simulate } from '../../simulate.ts'

const readerOf = (text: string) => ({ read: () => Promise.resolve(new TextEncoder().encode(text)) })
const near = ({ value, se }: { value: number; se: number }, exact: number, errors = 4.5) =>
  expect(Math.abs(value - exact), `${value} ± ${se} for ${exact}`).toBeLessThanOrEqual(errors * se + 1e-9 * Math.abs(exact))

describe('a reforecast of normal logarithms', () => {
  // The base lies between 900 and 1,100 in 90 of 100 cases. Noise is 8% with autocorrelation 0.5. There is no growth.
  const [cv, phi] = [0.08, 0.5]
  const sigma = Math.sqrt(log1p(cv * cv))
  const [middle, tau] = [log(900 * 1100) / 2, log(1100 / 900) / (2 * 1.6448536269514722)]
  const observed = [1080, 1020, 1130]
  const scenario = {
    start: '2027-01',
    months: 4,
    conversations: { base: '900 to 1100', noise: { cv, autocorrelation: phi } },
    offers: { one: { charges: [{ meter: 'conversations', price: 2 }] } },
    budget: { offer: 'one', amount: 8_700, confidence: '80%' },
  }
  const csv = `month,conversations\n${observed.map((volume, m) => `2027-0${m + 1},${volume}`).join('\n')}\n`

  /** Random numbers as well in the slow tests: a reforecast takes a quarter of a million trials. */
  const methods: readonly Method[] = slow || long ? ['sobol', 'random'] : ['sobol']

  /** Generalized least squares: the log base has a normal prior, and the residuals are a stationary autoregression. */
  function exact() {
    const y = observed.map((volume) => log(volume) + (sigma * sigma) / 2)
    const inner = sigma * sigma * (1 - phi * phi)
    let precision = 1 / (tau * tau) + 1 / (sigma * sigma)
    let sum = middle / (tau * tau) + y[0] / (sigma * sigma)
    for (let m = 1; m < y.length; m++) {
      precision += ((1 - phi) * (1 - phi)) / inner
      sum += ((1 - phi) * (y[m] - phi * y[m - 1])) / inner
    }
    const [b, v] = [sum / precision, 1 / precision]
    // The next month's logarithm: b (1 − φ) + φ y + innovation.
    const mean = b * (1 - phi) + phi * y[2] - (sigma * sigma) / 2
    const variance = (1 - phi) * (1 - phi) * v + inner
    return {
      base: exp(b + v / 2),
      mean: 2 * exp(mean + variance / 2),
      at: (p: number) => 2 * exp(mean + Math.sqrt(variance) * normalQuantile(p)),
    }
  }

  it.each(methods)('agrees with the conditional distribution (%s)', async (method) => {
    const found = await reforecast({ ...scenario, actuals: 'closed.csv' }, { method }, readerOf(csv))
    const expected = exact()
    const { closed, remaining, horizon, months } = found.offers.one
    expect(closed.value).toBeCloseTo(2 * (1080 + 1020 + 1130), 6)
    near(remaining.mean, expected.mean)
    for (const [key, p] of [
      ['p10', 0.1],
      ['p50', 0.5],
      ['p80', 0.8],
      ['p90', 0.9],
      ['p95', 0.95],
    ] as const) {
      near(remaining.percentiles[key], expected.at(p))
      near(horizon.percentiles[key], closed.value + expected.at(p))
    }
    near(found.inputs['conversations.base'].after, expected.base)
    near(found.inputs['conversations.base'].before, exp(middle + (tau * tau) / 2))
    expect(months.map(({ month }) => month)).toEqual(['2027-04'])
    near(months[0].p80, expected.at(0.8))
    expect(found.effective).toBeGreaterThan(1000)
    expect(found.effective).toBeLessThan(found.trials)
    // An error of 0.1% of the mean would show.
    expect(remaining.mean.se).toBeLessThan(2)
    near(found.budget?.needed ?? { value: 0, se: 0 }, closed.value + expected.at(0.8))
    expect(found.budget?.left.value).toBeCloseTo(8_700 - closed.value, 6)
  })

  it('uses the invoices instead of the contract if they are known', async () => {
    const invoiced = csv.replace('conversations', 'conversations,invoice').replaceAll(/(,\d+)\n/g, '$1,2500\n')
    const found = await reforecast(
      { ...scenario, actuals: { file: 'closed.csv', offer: 'one' } },
      { trials: 4_096 },
      readerOf(invoiced),
    )
    expect(found.offers.one.closed).toEqual({ value: 7_500, se: 0 })
  })

  it('refuses actuals that hardly any trial of the plan allows', async () => {
    const far = csv.replace('1080', '9000')
    await expect(reforecast({ ...scenario, actuals: 'closed.csv' }, {}, readerOf(far))).rejects.toThrow(
      /the closed months are so far from the plan that only .* of 262,144 trials support them/,
    )
  })

  it('is needed for closed months, because a plain run refuses them', async () => {
    await expect(simulate({ ...scenario, actuals: 'closed.csv' }, {})).rejects.toThrow()
  })

  it.each([
    [
      'month,size,weight\n2027-01,5,5\n',
      /actuals: expected columns of months and conversations in line 1 of "closed.csv", got "month", "size", "weight"/,
    ],
    ['month,conversations\n2027-02,5\n', /actuals: expected 2027-01 in line 2/],
    ['month,conversations\n2027-01,-5\n', /actuals: expected a number above 0 in line 2, column "conversations"/],
    ['month,conversations,resolutions\n2027-01,5,7\n', /expected fewer resolutions than conversations in line 2/],
    [`${csv}2027-04,1000\n`, /expected 1 to 3 closed months in "closed.csv" for a plan of 4 months, got 4/],
  ])('says what is wrong with %j', async (text, words) => {
    await expect(reforecast({ ...scenario, actuals: 'closed.csv' }, {}, readerOf(text))).rejects.toThrow(words)
  })

  it('reports a cell that is no number once, and no other month because of it', async () => {
    const text = 'month,conversations,resolutions\n2027-01,many,3\n2027-02,1000,600\n'
    const error: unknown = await reforecast({ ...scenario, actuals: 'closed.csv' }, {}, readerOf(text)).catch((one: unknown) => one)
    expect(String(error)).toContain('line 2, column "conversations"')
    expect(String(error)).not.toContain('fewer resolutions')
  })

  it('needs noise in the plan, and closed months', async () => {
    const still = { ...scenario, conversations: { base: '900 to 1100' }, actuals: 'closed.csv' }
    await expect(reforecast(still, {}, readerOf(csv))).rejects.toThrow(/conversations\.noise: expected noise such as/)
    await expect(reforecast(scenario, {}, readerOf(csv))).rejects.toThrow('a reforecast needs closed months')
  })
})

describe('closed resolution rates', () => {
  // Base, rate and both noises are normal on their scales, so everything is one normal vector: closed volumes and rates, the open volume,
  // and the base. The covariances of stationary noises with the correlation rho follow from their definition.
  const [phi, other, rho] = [0.5, 0.8, 0.6]
  const sigma = Math.sqrt(Math.log1p(0.1 ** 2))
  const logit = (p: number) => Math.log(p / (1 - p))
  const prior = {
    base: { mean: Math.log(900 * 1100) / 2, sd: Math.log(1100 / 900) / (2 * 1.6448536269514722) },
    rate: { mean: (logit(0.6) + logit(0.7)) / 2, sd: (logit(0.7) - logit(0.6)) / (2 * 1.6448536269514722) },
  }
  // The mean of the rate at the start, at which its noise is stated.
  const start = normalMean((z) => 1 / (1 + Math.exp(-prior.rate.mean - prior.rate.sd * z)))
  const noise = rateNoise(start, 0.03)
  const closed = [
    { volume: 1_080, share: 0.69 },
    { volume: 1_020, share: 0.7 },
    { volume: 1_130, share: 0.68 },
  ]
  const scenario = {
    months: 4,
    conversations: { base: '900 to 1100', noise: { cv: '10%', autocorrelation: phi } },
    resolution: { rate: '60% to 70%', noise: { sd: '3pt', autocorrelation: other } },
    correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho }],
    offers: {
      volume: { charges: [{ meter: 'conversations', price: 1 }] },
      solved: { charges: [{ meter: 'resolutions', price: 1 }] },
    },
    actuals: 'closed.csv',
  }
  const csv = `month,conversations,resolutions\n${closed.map(({ volume, share }, m) => `2027-0${m + 1},${volume},${volume * share}`).join('\n')}\n`

  /** Conditional means and covariance of the open month's log volume and log-odds, and of the log base. */
  function exact() {
    type Part = { readonly kind: 'volume' | 'rate'; readonly month: number } | { readonly kind: 'base' }
    const seen: Part[] = closed.flatMap((_, month) => [
      { kind: 'volume', month },
      { kind: 'rate', month },
    ])
    const wanted: Part[] = [{ kind: 'volume', month: 3 }, { kind: 'rate', month: 3 }, { kind: 'base' }]
    const covariance = (a: Part, b: Part): number => {
      if (a.kind === 'base' || b.kind === 'base') return a.kind === 'rate' || b.kind === 'rate' ? 0 : prior.base.sd ** 2
      const lag = Math.abs(a.month - b.month)
      if (a.kind === b.kind)
        return a.kind === 'volume'
          ? prior.base.sd ** 2 + sigma ** 2 * phi ** lag
          : prior.rate.sd ** 2 + noise.tau ** 2 * other ** lag
      const later = a.month >= b.month ? a : b
      return rho * sigma * noise.tau * (later.kind === 'volume' ? phi : other) ** lag
    }
    const means = (part: Part) =>
      part.kind === 'rate'
        ? prior.rate.mean + noise.shift
        : part.kind === 'base'
          ? prior.base.mean
          : prior.base.mean - sigma ** 2 / 2
    const values = closed.flatMap(({ volume, share }) => [Math.log(volume), logit(share)])
    const matrix = (rows: Part[], columns: Part[]) => new Matrix(rows.map((a) => columns.map((b) => covariance(a, b))))
    const weights = solve(matrix(seen, seen), matrix(seen, wanted)).transpose()
    const mean = weights.mmul(Matrix.columnVector(values.map((value, k) => value - means(seen[k])))).getColumn(0)
    const rest = Matrix.sub(matrix(wanted, wanted), weights.mmul(matrix(seen, wanted)))
    return { mean: mean.map((value, k) => value + means(wanted[k])), covariance: rest }
  }

  it.runIf(thorough)('move base, rate and the correlated noises of the open months as conditioning does', async () => {
    const found = await reforecast(scenario, {}, readerOf(csv))
    const { mean, covariance } = exact()
    const variance = (k: number) => covariance.get(k, k)
    const expected = exp(mean[0] + variance(0) / 2)
    near(found.offers.volume.remaining.mean, expected)
    near(found.offers.volume.remaining.percentiles.p80, exp(mean[0] + Math.sqrt(variance(0)) * normalQuantile(0.8)))
    near(found.inputs['conversations.base'].after, exp(mean[2] + variance(2) / 2))
    // A lognormal weight shifts the log-odds by their covariance with its logarithm.
    const share = normalMean((z) => 1 / (1 + Math.exp(-mean[1] - covariance.get(0, 1) - Math.sqrt(variance(1)) * z)))
    near(found.offers.solved.remaining.mean, expected * share)
    // An error of 0.1% would show.
    expect(found.offers.solved.remaining.mean.se).toBeLessThan(2)
  })
})

it('closed months may have a decimal comma, and the result says which columns were read', async () => {
  const plan = {
    months: 4,
    conversations: { base: '900 to 1100', noise: { cv: '8%' } },
    offers: { one: { charges: [{ meter: 'conversations', price: 2 }] } },
  }
  const german = readerOf('Region;month;tickets\nall;Jan-27;1.080\nall;Feb-27;1.020\n')
  const asked = { actuals: 'german.csv', trials: 4_096 }
  await expect(reforecast(plan, asked, german)).rejects.toThrow('actuals: expected a stated decimal sign, since "1.080" in line 2')
  const { notes, offers } = await reforecast(plan, { ...asked, decimal: ',' }, german)
  expect(notes).toEqual([
    'german.csv: read as: month = month, conversations = tickets; 2 months, 2027-01 to 2027-02; not read: Region',
  ])
  expect(offers.one.closed.value).toBeCloseTo(2 * (1_080 + 1_020), 6)
})
