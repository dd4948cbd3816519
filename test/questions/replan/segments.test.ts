// Closed months of a plan with segments: both kinds of noise are conditioned as normal vectors are, and as rejection sampling does.
import { Matrix, solve } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../../src/api/given.ts'
import { type Reforecast, reforecastOf } from '../../../src/questions/replan/reforecast.ts'
import { trackOf } from '../../../src/questions/replan/track.ts'
import { rateNoise } from '../../closed-forms/rate-noise.ts'
import { thorough } from '../../effort.ts'
import { normalNumbers } from './normal-numbers.ts'

const found = (plan: object, csv: string, trials = 65_536): Promise<Reforecast> =>
  reforecastOf({ ...plan, actuals: 'c.csv' }, { trials }, givenFiles({ 'c.csv': csv }))
const near = ({ value, se }: { value: number; se: number }, exact: number, own = 0, errors = 4.5) =>
  expect(Math.abs(value - exact), `${value} ± ${se} for ${exact} ± ${own}`).toBeLessThanOrEqual(
    errors * Math.hypot(se, own) + 1e-9 * Math.abs(exact),
  )
const one = (meter: string, of?: string | readonly string[]) => ({
  charges: [{ meter, price: 1, ...(of !== undefined && { of }) }],
})
/** The expected cost of the open months. */
const rest = (result: Reforecast, offer: string) => result.offers[offer].remaining.mean

const sigmaOf = (cv: number) => Math.sqrt(Math.log1p(cv * cv))
const Z95 = 1.6448536269514722

describe('one segment that is the whole plan', () => {
  const plan = {
    months: 5,
    conversations: { base: '900 to 1100', growth: '1%/month', noise: { cv: '8%', autocorrelation: 0.5 }, last: 980 },
    resolution: { rate: '60% to 70%', noise: { sd: '3pt', autocorrelation: 0.8 } },
    correlations: [{ between: ['conversations.noise', 'resolution.noise'], rho: 0.4 }],
    offers: { a: one('resolutions'), b: one('conversations') },
  }
  const rows = [
    [1_080, 700],
    [1_020, 690],
  ]
  const totals = `month,conversations,resolutions\n${rows.map((row, k) => `2027-0${k + 1},${row.join(',')}\n`).join('')}`
  const split = `month,channel,conversations,resolutions\n${rows.map((row, k) => `2027-0${k + 1},all,${row.join(',')}\n`).join('')}`

  it.each([totals, split])('has the same figures to the last bit', async (csv) => {
    const { notes: _, ...whole } = await found(plan, totals, 8_192)
    const { notes: __, ...segmented } = await found({ ...plan, segments: { all: { share: '100%' } } }, csv, 8_192)
    expect(segmented).toEqual(whole)
  })
})

describe('a volume for each segment', () => {
  // Bases, shared noise and own noises are normal on the log scale, so all volumes are one normal vector.
  const shared = { sigma: sigmaOf(0.06), phi: 0.5 }
  const streams = [
    { name: 'chat', low: 3_600, high: 4_500, cv: 0.05, phi: 0, observed: [4_600, 4_300] },
    { name: 'email', low: 2_100, high: 3_000, cv: 0.08, phi: 0.7, observed: [2_300, 2_500] },
    { name: 'voice', low: 800, high: 1_200, cv: 0, phi: 0, observed: [1_150, 1_080] },
  ]
  const planOf = (rho: number, names = streams) => ({
    months: 4,
    conversations: { noise: { cv: '6%', autocorrelation: 0.5 } },
    segments: Object.fromEntries(
      names.map(({ name, low, high, cv, phi }) => [
        name,
        { conversations: { base: `${low} to ${high}`, ...(cv > 0 && { noise: { cv, autocorrelation: phi } }) } },
      ]),
    ),
    ...(rho !== 0 && { correlations: [{ between: ['chat', 'email'].map((s) => `segments.${s}.conversations.noise`), rho }] }),
    offers: Object.fromEntries(names.map(({ name }) => [name, one('conversations', name)])),
  })
  const csvOf = (names = streams) =>
    `month,segment,tickets\n${names.flatMap(({ name, observed }) => observed.map((volume, m) => `2027-0${m + 1},${name},${volume}\n`)).join('')}`

  /** The conditional mean of the volume of each open month, by segment, and of the bases. */
  function exact(rho: number, names = streams) {
    type Part = { readonly s: number; readonly month: number }
    const sigma = names.map(({ cv }) => (cv > 0 ? sigmaOf(cv) : 0))
    // The levels of two noises with autocorrelations 0 and 0.7 have this correlation at a lag.
    const covariance = (a: Part, b: Part): number => {
      const lag = Math.abs(a.month - b.month)
      const base = a.s === b.s ? (Math.log(names[a.s].high / names[a.s].low) / (2 * Z95)) ** 2 : 0
      if (a.month < 0 || b.month < 0) return base
      const later = a.month >= b.month ? a.s : b.s
      const joined = (names[a.s].name === 'voice' || names[b.s].name === 'voice' ? 0 : rho) * sigma[a.s] * sigma[b.s]
      const own = (a.s === b.s ? sigma[a.s] ** 2 : joined) * names[later].phi ** lag
      return base + shared.sigma ** 2 * shared.phi ** lag + own
    }
    const mean = ({ s, month }: Part) =>
      Math.log(names[s].low * names[s].high) / 2 - (month < 0 ? 0 : (shared.sigma ** 2 + sigma[s] ** 2) / 2)
    const seen = names.flatMap(({ observed }, s) => observed.map((_, month): Part => ({ s, month })))
    const values = names.flatMap(({ observed }) => observed.map(Math.log))
    const matrix = (rows: Part[], columns: Part[]) => new Matrix(rows.map((a) => columns.map((b) => covariance(a, b))))
    return (part: Part) => {
      const weights = solve(matrix(seen, seen), matrix(seen, [part])).transpose()
      const center = mean(part) + values.reduce((sum, value, k) => sum + weights.get(0, k) * (value - mean(seen[k])), 0)
      const variance = covariance(part, part) - weights.mmul(matrix(seen, [part])).get(0, 0)
      return Math.exp(center + variance / 2)
    }
  }

  it.each([0, 0.6])('conditions shared and own noises as one normal vector (rho %d)', async (rho) => {
    const names = streams.slice(0, 2)
    const result = await found(planOf(rho, names), csvOf(names))
    const expected = exact(rho, names)
    for (const [s, { name }] of names.entries()) {
      near(rest(result, name), expected({ s, month: 2 }) + expected({ s, month: 3 }))
      near(result.inputs[`segments.${name}.conversations.base`].after, expected({ s, month: -1 }))
      // An error of 0.15% would show.
      expect(rest(result, name).se / rest(result, name).value).toBeLessThan(3e-4)
    }
  })

  it('knows the shared noise exactly if one segment has no other', async () => {
    const result = await found(planOf(0), csvOf())
    const expected = exact(0)
    for (const [s, { name }] of streams.entries()) near(rest(result, name), expected({ s, month: 2 }) + expected({ s, month: 3 }))
  })

  it('needs no shared noise', async () => {
    const plan = { ...planOf(0), conversations: {}, segments: { ...planOf(0).segments } }
    const alone = { low: 800, high: 1_200 }
    const result = await found(
      {
        ...plan,
        segments: { ...plan.segments, voice: { conversations: { base: `${alone.low} to ${alone.high}`, noise: { cv: 0.1 } } } },
      },
      csvOf(),
    )
    // Two observations of the log base, each with the variance of the noise.
    const tau2 = (Math.log(alone.high / alone.low) / (2 * Z95)) ** 2
    const sigma2 = sigmaOf(0.1) ** 2
    const precision = 1 / tau2 + 2 / sigma2
    const logs = streams[2].observed.reduce((sum, volume) => sum + Math.log(volume) + sigma2 / 2, 0)
    const center = (Math.log(alone.low * alone.high) / 2 / tau2 + logs / sigma2) / precision
    near(rest(result, 'voice'), 2 * Math.exp(center + 1 / (2 * precision)))
  })

  it('learns nothing about the shared noise from a segment that it does not act on', async () => {
    // A history of its own fits the segment without noise that others share. Its log volume then is level and own noise.
    const table = `month,tickets\n${Array.from({ length: 24 }, (_, m) => `${2025 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')},${Math.round(1_000 * Math.exp(0.05 * Math.sin(7.3 * (m % 17))))}\n`).join('')}`
    const names = streams.slice(0, 2)
    const own = planOf(0, names)
    const plan = {
      ...own,
      actuals: 'c.csv',
      segments: { ...own.segments, web: { conversations: { history: 'web.csv' } } },
      offers: { ...own.offers, web: one('conversations', 'web') },
    }
    const rows = (volumes: readonly number[]) => volumes.map((volume, m) => `2027-0${m + 1},web,${volume}\n`).join('')
    const asked = (volumes: readonly number[]) =>
      reforecastOf(plan, { trials: 65_536 }, givenFiles({ 'c.csv': csvOf(names) + rows(volumes), 'web.csv': table }))
    const [usual, busy] = [await asked([1_000, 1_000]), await asked([1_060, 1_060])]
    const expected = exact(0, names)
    for (const result of [usual, busy]) near(rest(result, 'chat'), expected({ s: 0, month: 2 }) + expected({ s: 0, month: 3 }))
    expect(rest(busy, 'web').value).toBeGreaterThan(1.01 * rest(usual, 'web').value)
  })

  it('keeps the closed volumes of each segment', async () => {
    const { offers } = await found(planOf(0.6, streams.slice(0, 2)), csvOf(streams.slice(0, 2)), 2_048)
    expect(offers.chat.closed.value).toBeCloseTo(8_900, 6)
    expect(offers.email.closed.value).toBeCloseTo(4_800, 6)
  })
})

describe.runIf(thorough)('rejection sampling', () => {
  // A plan of two segments and two months, drawn without billcast. Years whose first month is near the actual one are kept.
  const tau = 0.12
  const noises = { shared: sigmaOf(0.06), chat: sigmaOf(0.1), email: sigmaOf(0.15) }
  const phi = 0.6
  const [rate, other] = [0.62, 0.45]
  const sd = 0.04
  const actual = { chat: [1_100, 640], email: [560, 230] } as const
  const YEARS = 1_500_000

  interface Month {
    readonly volumes: readonly [number, number]
    readonly resolved: readonly [number, number]
  }

  /** The mean of the second month's volumes and resolutions over the years that `keeps` keeps, with standard errors. */
  function rejected(ownRates: boolean, keeps: (first: Month) => boolean, rho = 0) {
    const normal = normalNumbers(7)
    const strengths = [rateNoise(rate, sd), rateNoise(other, sd)]
    const rest = Math.sqrt(1 - phi * phi)
    const sums = { volume: [0, 0], resolved: [0, 0] }
    let kept = 0
    for (let year = 0; year < YEARS; year++) {
      const levels = [1_000 * Math.exp(tau * normal()), 600 * Math.exp(tau * normal())]
      let states: number[] = []
      const months: Month[] = []
      for (let m = 0; m < 2; m++) {
        // The shared noise, the own ones, and those of the rates.
        const news = [normal(), normal(), normal(), normal(), normal()]
        news[3] = rho * news[2] + Math.sqrt(1 - rho * rho) * news[3]
        states = news.map((z, k) => (m === 0 ? z : phi * states[k] + rest * z))
        const own = [noises.chat, noises.email]
        const volumes = levels.map(
          (level, s) =>
            level * Math.exp(noises.shared * states[0] - noises.shared ** 2 / 2 + own[s] * states[1 + s] - own[s] ** 2 / 2),
        )
        const resolved = volumes.map((volume, s) => {
          const odds = [rate, other][s]
          const { shift, tau: spread } = strengths[s]
          const logit = Math.log(odds / (1 - odds)) + shift + spread * states[ownRates ? 3 + s : 3]
          return volume / (1 + Math.exp(-logit))
        })
        months.push({ volumes: [volumes[0], volumes[1]], resolved: [resolved[0], resolved[1]] })
        if (m === 0 && !keeps(months[0])) break
      }
      if (months.length < 2) continue
      kept++
      const add = (sum: number[], value: number) => {
        sum[0] += value
        sum[1] += value * value
      }
      add(sums.volume, months[1].volumes[0])
      add(sums.resolved, months[1].resolved[0] + months[1].resolved[1])
    }
    const estimate = ([sum, squares]: number[]) => {
      const value = sum / kept
      return { value, se: Math.sqrt((squares / kept - value * value) / kept) }
    }
    expect(kept).toBeGreaterThan(1_000)
    return { volume: estimate(sums.volume), resolved: estimate(sums.resolved) }
  }

  const within = (value: number, wanted: number, share: number) => Math.abs(Math.log(value / wanted)) < share
  const range = (middle: number) => `${middle * Math.exp(-tau * Z95)} to ${middle * Math.exp(tau * Z95)}`
  const plan = (ownRates: boolean) => {
    const noise = { sd: '4pt', autocorrelation: phi }
    const segment = (middle: number, cv: number, resolution: string) => ({
      conversations: { base: range(middle), noise: { cv, autocorrelation: phi } },
      resolution: { rate: resolution, ...(ownRates && { noise }) },
    })
    return {
      months: 2,
      conversations: { noise: { cv: 0.06, autocorrelation: phi } },
      ...(!ownRates && { resolution: { noise } }),
      segments: { chat: segment(1_000, 0.1, '62%'), email: segment(600, 0.15, '45%') },
      offers: { volume: one('conversations', 'chat'), resolved: one('resolutions') },
    }
  }
  const split = `month,segment,conversations,resolutions\n2027-01,chat,${actual.chat.join(',')}\n2027-01,email,${actual.email.join(',')}\n`
  const totals = `month,conversations,resolutions\n2027-01,1660,870\n`

  it('agrees for totals, whose shared noises are solved', async () => {
    const expected = rejected(
      false,
      ({ volumes, resolved }) =>
        within(volumes[0] + volumes[1], 1_660, 0.015) &&
        within((resolved[0] + resolved[1]) / (volumes[0] + volumes[1]), 870 / 1_660, 0.01),
    )
    const result = await found(plan(false), totals)
    near(rest(result, 'volume'), expected.volume.value, expected.volume.se)
    near(rest(result, 'resolved'), expected.resolved.value, expected.resolved.se)
    // The rates that solve the total bill it exactly.
    expect(result.offers.resolved.closed.value).toBeCloseTo(870, 6)
    expect(result.offers.resolved.closed.se).toBeLessThan(1e-6)
  })

  it('agrees for totals beside a rate with a noise of its own, and a correlation with a noise that stays open', async () => {
    const rho = 0.7
    const expected = rejected(
      true,
      ({ volumes, resolved }) =>
        within(volumes[0] + volumes[1], 1_660, 0.015) &&
        within((resolved[0] + resolved[1]) / (volumes[0] + volumes[1]), 870 / 1_660, 0.01),
      rho,
    )
    const { segments, ...whole } = plan(true)
    const { chat, email } = segments
    const { noise, ...own } = chat.resolution as { readonly noise?: object; readonly rate: string }
    const result = await found(
      {
        ...whole,
        resolution: { noise },
        segments: { chat: { ...chat, resolution: own }, email },
        correlations: [{ between: ['segments.email.conversations.noise', 'resolution.noise'], rho }],
      },
      totals,
    )
    near(rest(result, 'volume'), expected.volume.value, expected.volume.se)
    near(rest(result, 'resolved'), expected.resolved.value, expected.resolved.se)
    expect(result.offers.resolved.closed.value).toBeCloseTo(870, 4)
  })

  it('bills the sum of resolutions of segments that share a noise of the rate', async () => {
    const { offers, notes } = await found(plan(false), split, 4_096)
    expect(offers.resolved.closed.value).toBeCloseTo(870, 6)
    expect(offers.resolved.closed.se).toBeLessThan(1e-6)
    expect(offers.volume.closed.value).toBeCloseTo(1_100, 6)
    expect(notes.join()).toContain('the sum of their resolutions determines')
  })

  it('agrees for segments whose rates have noises of their own', async () => {
    const expected = rejected(
      true,
      ({ volumes, resolved }) =>
        within(volumes[0], 1_100, 0.04) &&
        within(volumes[1], 560, 0.04) &&
        within(resolved[0] / volumes[0], 640 / 1_100, 0.03) &&
        within(resolved[1] / volumes[1], 230 / 560, 0.04),
    )
    const result = await found(plan(true), split)
    near(rest(result, 'volume'), expected.volume.value, expected.volume.se)
    near(rest(result, 'resolved'), expected.resolved.value, expected.resolved.se)
  })
})

describe('track', () => {
  it('compares each segment that the file names', async () => {
    const plan = {
      months: 4,
      conversations: { noise: { cv: 0.05 } },
      resolution: { rate: '60%', noise: { sd: '2pt' } },
      segments: {
        chat: { conversations: { base: 1_000, noise: { cv: 0.05 } } },
        email: { conversations: { base: 500 } },
      },
      offers: { a: one('resolutions') },
    }
    const csv = 'month,segment,conversations,resolutions\n2027-01,chat,1080,650\n2027-01,email,490,290\n'
    const { segments, yearToDate } = await trackOf(plan, { actuals: 'c.csv', trials: 4_096 }, givenFiles({ 'c.csv': csv }))
    expect(yearToDate.conversations.actual).toBe(1_570)
    expect(yearToDate.resolutions?.planned).toBeCloseTo(900, -1)
    expect(segments?.chat.conversations).toMatchObject({ planned: expect.closeTo(1_000, -1), actual: 1_080 })
    expect(segments?.email.resolutions).toMatchObject({ planned: expect.closeTo(300, -1), actual: 290 })
    expect(segments?.chat.conversations.percentile).toBeGreaterThan(0.7)
  })
})

describe('closed months that contradict the segments of a plan', () => {
  const noise = { cv: '5%' }
  const plan = (chat: object, email: object, top: object = {}) => ({
    months: 4,
    ...top,
    segments: { chat: { conversations: { base: 1_000, ...chat } }, email: { conversations: { base: 500, ...email } } },
    offers: { a: one('conversations') },
  })
  const split = 'month,segment,conversations\n2027-01,chat,1080\n2027-01,email,490\n'
  const total = 'month,conversations\n2027-01,1570\n'
  it.each([
    [plan({}, {}), split, 'segments.chat.conversations.noise: expected noise such as { cv: 8% }, here or in the plan'],
    [
      plan({}, {}, { conversations: { noise } }),
      split,
      'segments.email.conversations.noise: expected noise of its own such as { cv: 5% }, got none: chat and email have only the shared noise',
    ],
    [plan({ noise }, { noise }), total, 'actuals: expected a column `segment` with the segment of each row, got totals'],
    [
      plan({ noise }, { noise }),
      split.replace('email', 'mail'),
      'actuals: expected the name of a segment (chat, email) in line 3, column "segment" of "c.csv", got "mail", did you mean "email"?',
    ],
    [
      plan({ noise }, { noise }),
      split.replace(/2027-01,email.*/, ''),
      'expected a row for each segment in 2027-01 in "c.csv", got none for email',
    ],
    [
      plan({ noise }, { noise }),
      `${split}2027-01,chat,5\n`,
      'expected one row per month and segment in "c.csv", got a second one for chat in 2027-01 in line 4',
    ],
    [
      { months: 4, conversations: { base: 1_500, noise }, offers: { a: one('conversations') } },
      split,
      'got a second one for 2027-01 in line 3. If column "segment" names segments, the plan needs `segments` of these names',
    ],
    [
      plan({ noise }, { noise }, { resolution: { rate: '60%' } }),
      'month,segment,conversations,resolutions\n2027-01,chat,1080,600\n2027-01,email,490,200\n',
      'segments.chat.resolution.noise: expected noise such as { sd: 2pt }, got none: without noise, actual rates would contradict the plan',
    ],
    [
      plan({ noise }, { noise }, { resolution: { rate: '60%', noise: { sd: '2pt' } } }),
      'month,segment,conversations,resolutions\n2027-01,chat,1080,600\n2027-01,email,490,0\n',
      'actuals: expected more than 0 resolutions of email in 2027-01, or an involvement of 0% there, got 0',
    ],
  ])('say what to change (%#)', async (given, csv, words) => {
    await expect(found(given, csv, 1_024)).rejects.toThrow(words)
  })
})

describe('an uncertain involvement', () => {
  // The same resolutions mean another rate at each involvement, and the odds stretch toward 100%: the density of the resolutions T among
  // the conversations A of the AI is that of their log-odds over T (1 − T / A).
  const [rate, sd, conversations, resolved] = [0.62, 0.06, 1_000, 450]

  it('is learned from resolutions by the density of their number', async () => {
    const plan = {
      months: 2,
      conversations: { base: conversations, noise: { cv: 0.05 }, involvement: 'uniform(50%, 100%)' },
      resolution: { rate, noise: { sd } },
      offers: { a: one('resolutions') },
    }
    const result = await found(plan, `month,conversations,resolutions\n2027-01,${conversations},${resolved}\n`)
    const { shift, tau } = rateNoise(rate, sd)
    const logit = (p: number) => Math.log(p / (1 - p))
    const weight = (involvement: number) => {
      const share = resolved / (involvement * conversations)
      return share >= 1 ? 0 : Math.exp(((logit(share) - logit(rate) - shift) / tau) ** 2 / -2) / (1 - share)
    }
    const grid = Array.from({ length: 20_000 }, (_, k) => 0.5 + (k + 0.5) / 40_000)
    const sum = (of: (involvement: number) => number) => grid.reduce((all, involvement) => all + of(involvement), 0)
    const { after } = result.inputs['conversations.involvement']
    near(after, sum((involvement) => involvement * weight(involvement)) / sum(weight))
    // Without the last factor, the mean would be off by more than twenty errors.
    const plain = (involvement: number) => weight(involvement) * (1 - resolved / (involvement * conversations))
    const off = sum((involvement) => involvement * plain(involvement)) / sum(plain)
    expect(Math.abs(off - after.value)).toBeGreaterThan(20 * after.se)
  })
})

describe('noises of volumes and rates that are correlated', () => {
  // Levels, shared and own noises and log-odds are one normal vector, of which the open month's log volumes are a part.
  it('condition the shared noise on the rates too', async () => {
    const rho = -0.7
    const [cv, own, sd] = [0.08, 0.05, 0.03]
    const streams = [
      { name: 'chat', base: 1_000, rate: 0.62, volume: 1_120, share: 0.6 },
      { name: 'email', base: 600, rate: 0.45, volume: 590, share: 0.47 },
    ]
    const phi = 0.6
    const plan = {
      months: 2,
      conversations: { noise: { cv, autocorrelation: phi } },
      segments: Object.fromEntries(
        streams.map(({ name, base, rate }) => [
          name,
          { conversations: { base, noise: { cv: own } }, resolution: { rate, noise: { sd, autocorrelation: phi } } },
        ]),
      ),
      correlations: [{ between: ['conversations.noise', 'segments.chat.resolution.noise'], rho }],
      offers: { volume: one('conversations', 'chat') },
    }
    const csv = `month,segment,conversations,resolutions\n${streams.map(({ name, volume, share }) => `2027-01,${name},${volume},${volume * share}\n`).join('')}`
    const [shared, single] = [sigmaOf(cv), sigmaOf(own)]
    const scores = streams.map(({ base, volume }) => Math.log(volume / base) + (shared ** 2 + single ** 2) / 2)
    const { shift, tau } = rateNoise(0.62, sd)
    const logit = (p: number) => Math.log(p / (1 - p))
    const score = (logit(0.6) - logit(0.62) - shift) / tau
    // The shared noise x given both volumes and the score of chat's rate.
    const seen = new Matrix([
      [shared ** 2 + single ** 2, shared ** 2, rho * shared],
      [shared ** 2, shared ** 2 + single ** 2, rho * shared],
      [rho * shared, rho * shared, 1],
    ])
    const joint = Matrix.columnVector([shared ** 2, shared ** 2, rho * shared])
    const weights = solve(seen, joint).transpose()
    const x = weights.mmul(Matrix.columnVector([...scores, score])).get(0, 0)
    const left = shared ** 2 - weights.mmul(joint).get(0, 0)
    // The open month keeps φ of x; its new part and chat's own noise have mean 1 with their corrections.
    const news = shared ** 2 * (1 - phi * phi)
    const expected = 1_000 * Math.exp(phi * x + (phi * phi * left + news) / 2 - shared ** 2 / 2)
    near(rest(await found(plan, csv), 'volume'), expected)
  })
})
