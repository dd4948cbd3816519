// A history with a row for each segment and month.
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { simulate } from 'billcast'
import { calibrationOf } from '../../src/questions/backtest/calibration.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { givenFiles } from '../../src/api/given.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { formatMonth } from '../../src/months.ts'
import { thorough } from '../effort.ts'

const MONTHS = 40
const FIRST = 24_000

/** A volume with a trend and a season, and deviations that repeat after 17 months. */
const volume = (level: number, growth: number, m: number) =>
  Math.round(level * (1 + growth) ** m * (1 + 0.1 * Math.sin(m / 2)) * (1 + 0.04 * Math.sin(7.3 * (m % 17))))
const streams = [
  { name: 'chat', level: 30_000, growth: 0.01, rate: 0.6 },
  { name: 'email', level: 12_000, growth: -0.005, rate: 0.4 },
]
const rowsOf = ({ level, growth, rate }: (typeof streams)[number]) =>
  Array.from({ length: MONTHS }, (_, m) => {
    const all = volume(level, growth, m)
    return { month: formatMonth(FIRST + m), conversations: all, resolutions: Math.round(all * (rate + 0.02 * Math.sin(3.7 * m))) }
  })
const csv = (rows: readonly object[]) =>
  `${Object.keys(rows[0]).join(',')}\n${rows.map((row) => `${Object.values(row).join(',')}\n`).join('')}`
const split = streams.flatMap((stream) => rowsOf(stream).map((row) => ({ channel: stream.name, ...row })))

describe('a history with a column of segments', () => {
  it('fits each segment as a file of its own', async () => {
    const found = await calibrationOf(csv(split), { name: 'tickets.csv' })
    for (const stream of streams) {
      const {
        segments: _,
        together: ____,
        scenario: __,
        ...alone
      } = await calibrationOf(csv(rowsOf(stream)), { name: 'tickets.csv' })
      const { notes: own, ...figures } = found.segments?.[stream.name] ?? {}
      const { notes: ___, ...expected } = alone
      expect(figures).toEqual({ ...expected, name: stream.name })
      expect(own?.[0]).toContain('segment = channel')
    }
    expect(found.base).toBeGreaterThan(30_000)
    expect(found.notes[0]).toContain('month = month')
  })

  it('writes a plan with these segments, which can be read', async () => {
    const { scenario, segments } = await calibrationOf(csv(split), { name: 'tickets.csv' })
    const plan = parse(scenario) as {
      readonly segments: Record<string, { readonly conversations: object; readonly resolution: object }>
    }
    expect(Object.keys(plan.segments)).toEqual(['chat', 'email'])
    expect(plan.segments.chat.conversations).toEqual({ history: { file: 'tickets.csv', until: '2003-04', segment: 'chat' } })
    const { scenario: read } = await resolve(readScenario(scenario), givenFiles({ 'tickets.csv': csv(split) }))
    expect(read.segments?.map(({ name }) => name)).toEqual(['chat', 'email'])
    expect(read.correlations.map(({ between }) => between[0])).toContain('segments.email.resolution.rate')
    expect(segments?.email.resolution?.rate.value).toBeCloseTo(0.4, 1)
  })

  it('is one total with sumRows, and one segment with columns.segment', async () => {
    const { segments, base } = await calibrationOf(csv(split), { sumRows: true })
    expect(segments).toBeNull()
    expect(base).toBeGreaterThan(35_000)
    const one = await calibrationOf(csv(rowsOf(streams[0]).map((row) => ({ team: 'all', ...row }))), {
      columns: { segment: 'team' },
    })
    expect(Object.keys(one.segments ?? {})).toEqual(['all'])
  })

  it.runIf(thorough)('turns other names into those that a plan takes', async () => {
    const named = split.map((row) => ({ ...row, channel: row.channel === 'chat' ? 'US/Live chat' : '1st level' }))
    const { segments } = await calibrationOf(csv(named), {})
    expect(Object.keys(segments ?? {})).toEqual(['s1st-level', 'US/Live-chat'])
    expect(segments?.['US/Live-chat'].notes[0]).toBe('segment "US/Live chat" is `US/Live-chat` in the plan')
  })

  it.each([
    [split.map((row, k) => (k === 3 ? { ...row, channel: '' } : row)), 'the name of a segment in line 5, column "channel"'],
    [split.slice(0, MONTHS + 4), 'got 4 (segment "email")'],
    [
      split.map((row, k) => ({ ...row, channel: k < MONTHS ? 'live chat' : 'live-chat' })),
      'segments in "history.csv" whose names differ in letters and digits, got "live chat" and "live-chat"',
    ],
  ])('says what is wrong (%#)', async (rows, words) => {
    await expect(calibrationOf(csv(rows), {})).rejects.toThrow(words)
  })
})

describe('a segment with a history', () => {
  const offers = {
    a: { charges: [{ meter: 'conversations', price: 1 }] },
    chat: { of: 'chat', charges: [{ meter: 'conversations', price: 1 }] },
  }
  const start = formatMonth(FIRST + MONTHS)
  const files = { 'tickets.csv': csv(split), 'chat.csv': csv(rowsOf(streams[0])) }
  const summary = async (plan: object) => {
    const { summary: found } = await simulate(plan as never, { trials: 2_048, files, preintegration: false } as never)
    return { offers: found.offers, drivers: found.drivers }
  }
  const history = (more: object = {}) => ({ conversations: { history: 'tickets.csv', ...more } })

  it('has the drivers that calibrate writes, to the last bit', async () => {
    const { scenario } = await calibrationOf(csv(split), { name: 'tickets.csv' })
    const written = { ...(parse(scenario) as object), offers }
    const named = { start, segments: { chat: history(), email: history() }, offers }
    const { offers: a, drivers: b } = await summary(written)
    expect(await summary(named)).toEqual({ offers: a, drivers: b })
  })

  it.runIf(thorough)('may name a file of its own, or the rows of another name', async () => {
    const own = { start, segments: { chat: history(), email: history() }, offers }
    const file = { start, segments: { chat: history({ history: 'chat.csv' }), email: history() }, offers }
    const renamed = {
      start,
      segments: { web: { conversations: { history: { file: 'tickets.csv', segment: 'chat' } } }, email: history() },
      offers: { a: offers.a },
    }
    const expected = (await summary(own)).offers
    expect((await summary(file)).offers).toEqual(expected)
    expect((await summary(renamed)).offers.a.bill.mean.value / expected.a.bill.mean.value).toBeCloseTo(1, 2)
  })

  it('is kept apart from the noise of the plan, unless it says so', async () => {
    const plan = (more: object, top: object) => ({
      start,
      conversations: top,
      segments: { chat: history(more), email: { conversations: { base: 5_000 } } },
      offers,
    })
    const noise = { noise: { cv: '20%', autocorrelation: 0.5 }, growth: '3%/month' }
    const chat = async (more: object, top: object) => {
      const { p10, p90 } = (await summary(plan(more, top))).offers.chat.bill.percentiles
      return (p90?.value ?? Number.NaN) - (p10?.value ?? Number.NaN)
    }
    const alone = await chat({}, {})
    // Another plan draws other numbers.
    expect((await chat({}, noise)) / alone).toBeCloseTo(1, 1)
    expect(await chat({ shared: true }, noise)).toBeGreaterThan(1.5 * alone)
  })

  it.runIf(thorough)('may draw past deviations in blocks instead of noise', async () => {
    const plan = { start, segments: { chat: history({ bootstrap: { block: 3 } }), email: history() }, offers }
    const whole = { start, conversations: { history: 'chat.csv', bootstrap: { block: 3 } }, offers: { a: offers.a } }
    const [segment, alone] = [(await summary(plan)).offers.chat.bill, (await summary(whole)).offers.a.bill]
    expect(Math.abs(segment.mean.value - alone.mean.value)).toBeLessThan(5 * Math.hypot(segment.mean.se, alone.mean.se))
    expect(segment.sd.value / alone.sd.value).toBeCloseTo(1, 1)
  })

  it.each([
    [{ segments: { chat: { share: '100%', ...history() } } }, 'segments.chat.conversations.history: remove `history` or `share`'],
    [
      { segments: { chat: { conversations: { base: 5, shared: true } } } },
      'segments.chat.conversations.shared: remove this key: only a segment with `history`',
    ],
    [
      { segments: { chta: history() } },
      'segments.chta.conversations.history: expected rows of "chta" in column "channel" of "tickets.csv"',
    ],
    [
      { segments: { chat: history({ monthly: [1] }) } },
      'segments.chat.conversations.monthly: remove `monthly` or `history`: both give the expected volumes',
    ],
    [
      { start: '2030-01', segments: { chat: history() } },
      'segments.chat.conversations.history: expected 2003-05, the month after the history in "tickets.csv", got 2030-01',
    ],
  ])('says what to change (%#)', async (more, words) => {
    await expect(summary({ start, offers: { a: offers.a }, ...more })).rejects.toThrow(words)
  })
})
