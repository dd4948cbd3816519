// Segments with a history each, and segments that share the history of a plan: their correlation, and their closed months.
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { inlineExecutor } from '../../src/run/executor.ts'
import { calibrationOf } from '../../src/questions/backtest/calibration.ts'
import { sensitivityOf } from '../../src/questions/explain/sensitivity.ts'
import { reforecastOf } from '../../src/questions/replan/reforecast.ts'
import { trackOf } from '../../src/questions/replan/track.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { chat, csv, email, files, history, MONTHS, NAMES, plan, segments, shared, START, totalFiles } from './two-segments.ts'

const platform = (given: Readonly<Record<string, string>> = files) => ({
  executor: () => inlineExecutor,
  reader: givenFiles(given),
})
const resolved = async (scenario: object, given = files) => (await resolve(readScenario(scenario), givenFiles(given))).scenario

describe('segments with a history each', () => {
  it('have a correlation near that of their noise, which is 0.8, with its error', async () => {
    const { together, scenario } = await calibrationOf(files['h.csv'], { name: 'h.csv', days: false })
    const [{ between, value, se }] = together ?? []
    expect(between).toEqual(['chat', 'email'])
    expect(Math.abs(value - 0.8)).toBeLessThan(2.5 * se)
    // Fisher's error of 48 pairs.
    expect(se).toBeLessThan((1.5 * (1 - 0.8 ** 2)) / Math.sqrt(48))
    const [pair] = (await resolved(readScenario(scenario).data as object)).correlations
    expect(pair.rho).toBeCloseTo(value, 5)
  })

  it('keep a stated correlation, beside which estimates that are impossible move toward 0', async () => {
    const correlations = [{ between: NAMES, rho: -0.2 }]
    expect((await resolved({ ...plan, correlations })).correlations).toEqual([{ between: NAMES, rho: -0.2 }])
    const third = {
      'h.csv': csv({ chat, email, web: chat.map((volume, k) => Math.round(0.4 * volume + 0.2 * email[k])) }, START - MONTHS),
    }
    const web = { ...plan, segments: { ...segments, web: { conversations: { history } } } }
    const free = (await resolved(web, third)).correlations.filter(({ between }) => between[1].includes('web'))
    const bound = (await resolved({ ...web, correlations: [{ between: NAMES, rho: -0.9 }] }, third)).correlations
    expect(bound[0].rho).toBe(-0.9)
    const moved = bound.slice(1).map(({ rho }, k) => rho / free[k].rho)
    expect(moved[0]).toBeLessThan(1)
    expect(moved[0]).toBeCloseTo(moved[1], 12)
    await expect(
      runScenario({ ...web, correlations: [{ between: NAMES, rho: -0.9 }] }, { trials: 64 }, platform(third)),
    ).resolves.toBeDefined()
  })

  it('are one group of random numbers each', async () => {
    const { inputs } = await sensitivityOf(plan, { offer: 'both', trials: 2048 }, givenFiles(files))
    expect(Object.keys(inputs)).toEqual(['segments.chat.conversations.history', 'segments.email.conversations.history'])
  })

  it('are scaled by a level of their own', async () => {
    const year = async (level?: number) => {
      const own = { history, ...(level !== undefined && { level }) }
      const scaled = { ...plan, segments: { ...segments, email: { conversations: own } } }
      return (await runScenario(scaled, { trials: 256 }, platform())).summary.offers
    }
    const [plain, scaled] = [await year(), await year(1.5)]
    expect(scaled.email.bill.mean.value).toBeCloseTo(1.5 * plain.email.bill.mean.value, 6)
    expect(scaled.chat.bill.mean.value).toBe(plain.chat.bill.mean.value)
  })
})

describe('closed months of segments with a history each', () => {
  const known = { chat: [46_000, 44_000], email: [11_000, 10_500] }
  const given = {
    ...files,
    'closed.csv': csv(known, START),
    'totals.csv': 'month,conversations\n2026-01,57000\n2026-02,54500\n',
    'longer.csv': csv({ chat: [...chat, ...known.chat], email: [...email, ...known.email] }, START - MONTHS),
  }

  it('join them: the rest of the year is that of the longer histories', async () => {
    const longer = { conversations: { history: { ...history, file: 'longer.csv' } } }
    const later = await resolved({ ...plan, start: '2026-03', months: 10, segments: { chat: longer, email: longer } }, given)
    const closed = await resolved({ ...plan, actuals: 'closed.csv' }, given)
    expect(closed.correlations).toEqual(later.correlations)
    closed.segments?.forEach(({ conversations: own, name }, s) => {
      expect(own.monthly?.slice(0, 2)).toEqual(known[name as keyof typeof known])
      expect(own.history?.digest).toBe(later.segments?.[s].conversations.history?.digest)
    })
    const { offers, effective } = await reforecastOf({ ...plan, actuals: 'closed.csv' }, { trials: 4096 }, givenFiles(given))
    expect(effective).toBe(4096)
    expect(offers.both.closed.value).toBeCloseTo(111_500, 6)
    const rest = closed.segments?.reduce(
      (sum, { conversations: own }) => sum + (own.monthly ?? []).slice(2).reduce((a, b) => a + b, 0),
      0,
    )
    expect(Math.abs(offers.both.remaining.mean.value - (rest ?? Number.NaN))).toBeLessThan(4 * offers.both.remaining.mean.se)
  })

  it('are compared with the plan as it was', async () => {
    const { months, history: drawn, reforecast } = await trackOf(plan, { actuals: 'closed.csv', trials: 4096 }, givenFiles(given))
    // The chart of the year begins with the sum of both histories, which the closed months have joined.
    expect(drawn?.past.map(({ actual }) => actual)).toEqual(chat.map((volume, k) => volume + email[k]))
    if ('none' in reforecast) throw new Error(reforecast.none)
    expect(reforecast.agreement).toMatchObject({ p: { value: 1 }, compared: 0 })
    const before = await resolved(plan, given)
    const expected = before.segments?.reduce((sum, { conversations: own }) => sum + (own.monthly?.[0] ?? 0), 0) ?? Number.NaN
    expect(Math.abs(months[0].mean / expected - 1)).toBeLessThan(0.003)
  })

  it('must say which segment they are of', async () => {
    await expect(resolved({ ...plan, actuals: 'totals.csv' }, given)).rejects.toThrow('expected a column `segment`')
  })
})

describe('a history of the plan, of which segments have shares', () => {
  it('takes closed totals, which say nothing about the shares', async () => {
    const { offers, effective } = await reforecastOf({ ...shared, actuals: 'totals.csv' }, { trials: 1024 }, givenFiles(totalFiles))
    expect(effective).toBe(1024)
    expect(offers.both.closed.value).toBeCloseTo(91_000, 6)
  })

  it('must have no volumes of segments beside it', async () => {
    const own = { ...shared, segments: { chat: { conversations: { base: 100 } }, email: { conversations: { base: 200 } } } }
    await expect(resolved(own, totalFiles)).rejects.toThrow(
      'conversations.history: remove `history`, or state a share in every segment',
    )
  })
})
