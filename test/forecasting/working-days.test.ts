// Working days: their calendar, how much volumes follow them, and the plans that state them.
import { describe, expect, it, vi } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { fitPast } from '../../src/forecasting/ensemble/past-fit.ts'
import { workCalendar, workingIn } from '../../src/forecasting/history/working-days.ts'
import { formatMonth } from '../../src/months.ts'
import { calibrationOf } from '../../src/questions/backtest/calibration.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { normals, SEASON, volumesOf } from './simulated.ts'

const JANUARY = 2023 * 12

describe('a calendar of working days', () => {
  it.each([
    // January has New Year's Day and Epiphany, or Martin Luther King's birthday, and February Washington's. Easter is on 28 March.
    ['weekdays', [21, 20, 23]],
    ['US', [19, 19, 23]],
    ['DE-BY', [19, 20, 21]],
    ['GB-ENG', [20, 20, 21]],
  ])('%s has the weekdays of January to March 2027 without its holidays', async (name, days) => {
    expect(workingIn(await workCalendar(name), 2027 * 12, 3)).toEqual({ working: days })
  })

  it('leaves out the Friday on which a Saturday is made up for', async () => {
    const [plain, own] = await Promise.all(['weekdays', 'US'].map(workCalendar))
    // 4 July 2026 is a Saturday.
    expect(plain.workingDays(2026 * 12 + 6) - own.workingDays(2026 * 12 + 6)).toBe(1)
  })

  it('is the same in every time zone', async () => {
    const months = Array.from({ length: 36 }, (_, k) => 2024 * 12 + k)
    const zone = process.env.TZ
    const found: number[][] = []
    for (const other of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
      process.env.TZ = other
      vi.resetModules()
      const { workCalendar: fresh } = await import('../../src/forecasting/history/working-days.ts')
      const { workingDays } = await fresh('US')
      found.push(months.map(workingDays))
    }
    process.env.TZ = zone
    expect(found[0]).toEqual(found[1])
  })

  it.each(['XX', 'DE-XX', 'US-CA-NOWHERE'])('%s, which the package lacks, is refused', async (name) => {
    await expect(workCalendar(name)).rejects.toThrow(`with holidays in the package date-holidays, got "${name}"`)
  })

  it('says how to install the package if it is missing', async () => {
    vi.resetModules()
    vi.doMock('../../src/optional.ts', () => ({ unbundled: () => Promise.reject(new Error('gone')), isMissing: () => true }))
    const { workCalendar: fresh } = await import('../../src/forecasting/history/working-days.ts')
    vi.doUnmock('../../src/optional.ts')
    vi.resetModules()
    await expect(fresh('US')).rejects.toThrow(
      'the package date-holidays for `workingDays: US`, which is not installed: run npm install date-holidays, or state `weekdays`',
    )
    expect((await fresh('weekdays')).workingDays(JANUARY)).toBe(22)
  })
})

/** Volumes whose logarithms follow the share of working days with an elasticity. */
const following = (working: readonly number[], elasticity: number, seed: number) =>
  volumesOf({ level: 1000, growth: 0.05, season: SEASON, sd: 0.03, phi: 0.3 }, working.length, normals(seed)).map(
    (volume, k) => volume * (working[k] / 21) ** elasticity,
  )

describe('the elasticity to working days', () => {
  it.each([0, 0.6, 1])('of %d is found within two errors in at least five of six simulated histories', async (truth) => {
    const { working = [] } = workingIn(await workCalendar('US'), JANUARY, 48)
    const found = Array.from({ length: 6 }, (_, seed) => {
      const past = { first: JANUARY, volumes: following(working, truth, seed + 1).slice(0, 36), days: false, working }
      return fitPast(past, JANUARY + 36, 12).elasticity ?? { value: Number.NaN, se: 0 }
    })
    expect(found.filter(({ value, se }) => Math.abs(value - truth) <= 2 * se).length).toBeGreaterThanOrEqual(5)
    for (const { se } of found) expect(se).toBeLessThan(0.25)
  })

  it('hardly changes when a month is an outlier', async () => {
    const { working = [] } = workingIn(await workCalendar('US'), JANUARY, 48)
    const volumes = following(working, 1, 1).slice(0, 36)
    const of = (own: readonly number[]) =>
      fitPast({ first: JANUARY, volumes: own, days: false, working }, JANUARY + 36, 12).elasticity?.value ?? Number.NaN
    expect(Math.abs(of(volumes.map((volume, k) => (k === 10 ? 3 * volume : volume))) - of(volumes))).toBeLessThan(0.1)
  })
})

describe('a plan whose history states working days', async () => {
  const calendar = await workCalendar('weekdays')
  const { working = [] } = workingIn(calendar, JANUARY, 60)
  const table = (from: number, end: number, scale = 1) =>
    `month,conversations\n${working
      .slice(from, end)
      .map((days, k) => `${formatMonth(JANUARY + from + k)},${scale * 1000 * days}`)
      .join('\n')}\n`
  const files = { 'h.csv': table(0, 36), 'more.csv': table(0, 36, 3), 'closed.csv': table(36, 42) }
  const plan = (conversations: object, more: object = {}) =>
    resolve(
      readScenario({
        ...{ start: '2026-01', offers: { flat: { charges: [{ meter: 'tickets', price: 1 }] } } },
        ...{ conversations, ...more },
      }),
      givenFiles(files),
    )
  /** Volumes for each working day of the months ahead. */
  const each = (volumes: readonly number[] = [], from = 36) => volumes.map((volume, k) => volume / working[from + k])
  const spread = (values: readonly number[]) => Math.max(...values) / Math.min(...values) - 1

  it('has the volumes of its future working days', async () => {
    const { scenario } = await plan({ history: { file: 'h.csv', workingDays: 'weekdays' } })
    expect(each(scenario.conversations.monthly)).toHaveLength(12)
    expect(spread(each(scenario.conversations.monthly))).toBeLessThan(0.015)
    const { scenario: without } = await plan({ history: 'h.csv' })
    expect(spread(each(without.conversations.monthly))).toBeGreaterThan(0.05)
    expect(scenario.sources?.[0].source).toMatch(/an elasticity to working days of (0\.9|1\.0)\d ± 0\.0\d/)
  })

  it('has them beyond the first year, and in months that follow closed ones', async () => {
    const history = { file: 'h.csv', workingDays: 'weekdays' }
    const { scenario } = await plan({ history }, { months: 24, actuals: 'closed.csv' })
    expect(scenario.conversations.monthly).toHaveLength(24)
    expect(spread(each(scenario.conversations.monthly))).toBeLessThan(0.015)
  })

  it('has them in each segment', async () => {
    const of = (file: string) => ({ conversations: { history: { file, workingDays: 'weekdays' } } })
    const { scenario } = await plan({}, { segments: { chat: of('h.csv'), email: of('more.csv') } })
    for (const { conversations } of scenario.segments ?? []) expect(spread(each(conversations.monthly))).toBeLessThan(0.015)
  })

  it('has them as seasons of its first year where it has plain fields', async () => {
    const { scenario } = await plan({ history: { file: 'h.csv', workingDays: 'weekdays', days: false, plain: true } })
    const { seasonality = [] } = scenario.conversations
    expect(spread(each(seasonality))).toBeLessThan(0.03)
  })

  it('is what calibrate writes', async () => {
    const { scenario, workingDays } = await calibrationOf(files['h.csv'], { name: 'h.csv', workingDays: 'weekdays' })
    expect(scenario).toContain('history: { file: h.csv, workingDays: weekdays, until: 2025-12 }')
    expect(Math.abs((workingDays?.value ?? 0) - 1)).toBeLessThan(0.1)
    expect((await calibrationOf(files['h.csv'])).workingDays).toBeNull()
  })

  it('names a calendar', async () => {
    await expect(plan({ history: { file: 'h.csv', workingDays: 'us' } })).rejects.toThrow(
      'conversations.history.workingDays: expected `weekdays`, or a country such as US, GB-ENG or DE-BY, got "us"',
    )
    await expect(plan({ history: { file: 'h.csv', workingDays: 'XX' } })).rejects.toThrow('got "XX"')
  })
})
