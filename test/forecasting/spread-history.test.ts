// A history of the plan with a column of segments makes the segments of the plan.
import { describe, expect, it } from 'vitest'
import { givenFiles } from '../../src/api/given.ts'
import { runScenario } from '../../src/api/run.ts'
import { leversOf } from '../../src/present/report/levers.ts'
import { changedScenario } from '../../src/present/report/changed.ts'
import { sweepRows } from '../../src/questions/negotiate/sweep.ts'
import { inlineExecutor } from '../../src/run/executor.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { chat, csv, email, files as long, START } from './two-segments.ts'

/** Shorter than the others, since each month of a fit takes time. */
const MONTHS = 15
const first = START - MONTHS
const [chats, emails] = [chat.slice(-MONTHS), email.slice(-MONTHS)]
const files = { ...long, 'h.csv': csv({ chat: chats, email: emails }, first) }
const offers = {
  chat: { charges: [{ meter: 'tickets', price: 1, of: 'chat' }] },
  both: { charges: [{ meter: 'tickets', price: 1 }] },
}
const plan = { start: '2026-01', months: 6, conversations: { history: 'h.csv' }, offers }
const own = (segment: string) => ({ conversations: { history: { file: 'h.csv', segment } } })
const reader = (more: object = {}) => givenFiles({ ...files, ...more })
const resolved = async (scenario: object, more: object = {}) => resolve(readScenario(scenario), reader(more))
const run = async (scenario: object) =>
  (await runScenario(scenario, { trials: 512 }, { executor: () => inlineExecutor, reader: reader() })).summary.offers
/** Without what says where the values are from. */
const same = async (a: object, b: object, more: object = {}) => {
  const [one, other] = [await resolved(a, more), await resolved(b, more)]
  expect({ ...one.scenario, sources: [] }).toEqual({ ...other.scenario, sources: [] })
}

describe('a history with a column of segments', () => {
  it('makes the segments of the plan, each with its own futures and their correlation', async () => {
    const { conversations: _, ...rest } = plan
    await same(plan, { ...rest, segments: { chat: own('chat'), email: own('email') } })
    const { segments = [], correlations } = (await resolved(plan)).scenario
    expect(segments.map(({ name, conversations }) => [name, conversations.history?.volumes])).toEqual([
      ['chat', chats],
      ['email', emails],
    ])
    expect(correlations).toMatchObject([{ estimated: true }])
  })

  it('joins what the plan states of a segment, and leaves another one alone', async () => {
    const { conversations: _, ...rest } = plan
    const voice = { conversations: { base: '2k', noise: { cv: '5%' } } }
    await same(
      { ...plan, segments: { email: { resolution: { rate: '40%' } }, voice } },
      { ...rest, segments: { chat: own('chat'), email: { ...own('email'), resolution: { rate: '40%' } }, voice } },
    )
  })

  it('is added up if the plan asks for it, and is that of one segment if the plan names it', async () => {
    const of = async (history: object) =>
      (await resolved({ ...plan, offers: { both: offers.both }, conversations: { history: { file: 'h.csv', ...history } } }))
        .scenario
    const sum = await of({ sumRows: true })
    expect(sum.segments).toBeUndefined()
    expect(sum.conversations.history?.volumes).toEqual(chats.map((volume, k) => volume + emails[k]))
    expect((await of({ segment: 'chat' })).conversations.history?.volumes).toEqual(chats)
  })

  it('has names that a plan takes', async () => {
    const given = { 'h.csv': csv({ 'Live chat': chats, 'E-mail': emails }, first) }
    const { scenario } = await resolved({ ...plan, offers: { both: offers.both } }, given)
    expect(scenario.segments?.map(({ name }) => name)).toEqual(['E-mail', 'Live-chat'])
    // Closed months come from the same export.
    const closed = { ...given, 'closed.csv': csv({ 'Live chat': [40_000], 'E-mail': [10_000] }, START) }
    const { actuals } = (await resolved({ ...plan, offers: { both: offers.both }, actuals: 'closed.csv' }, closed)).scenario
    expect(actuals?.segments?.map((own) => own.conversations)).toEqual([[10_000], [40_000]])
    const twice = { 'h.csv': csv({ 'live chat': chats, 'live-chat': emails }, first) }
    await expect(resolved(plan, twice)).rejects.toThrow('whose names differ in letters and digits, got "live chat" and "live-chat"')
  })

  it('gives rates too, unless the plan states one', async () => {
    const rows = csv({ chat: chats, email: emails }, first).trim().split('\n')
    const rated = rows.map((row, k) => `${row},${k === 0 ? 'resolutions' : Math.round(Number(row.split(',')[2]) * 0.6)}\n`).join('')
    const rates = async (more: object) =>
      (await resolved({ ...plan, ...more }, { 'h.csv': rated })).scenario.segments?.map(
        ({ resolution }) => resolution?.rate !== undefined,
      )
    expect(await rates({})).toEqual([true, true])
    expect(await rates({ resolution: { rate: '50%' } })).toEqual([false, false])
  })

  it('may end earlier for one segment, whose volumes then go on with a warning', async () => {
    const given = { 'h.csv': csv({ chat: chats, email: emails.slice(0, -2) }, first) }
    const { scenario, warnings } = await resolved(plan, given)
    expect(scenario.segments?.[1].conversations.history?.volumes).toEqual(emails.slice(0, -2))
    expect(warnings).toContainEqual(
      expect.stringContaining('the months of email end in 2025-10, and those of other segments in 2025-12'),
    )
  })

  it.each([
    [
      { conversations: { history: 'h.csv', growth: '5%/year' } },
      'state `growth` in a segment, as in segments: { chat: { conversations: { growth: … } } }',
    ],
    [{ start: '2026-03' }, 'start: expected 2026-01, the month after the history in "h.csv", got 2026-03'],
    [{ segments: { voice: {} } }, 'segments.voice.conversations.base: expected conversations per month'],
    [{ segments: { chat: { share: '60%' }, email: { share: '40%' } } }, 'one row per date in "h.csv"'],
  ])('refuses %o', async (more, message) => {
    await expect(resolved({ ...plan, ...more })).rejects.toThrow(message)
  })
})

describe('the level of a plan whose segments have histories', () => {
  it('scales all of them by one factor, unless a segment states another', async () => {
    const [plain, scaled, apart] = [
      await run(plan),
      await run({ ...plan, conversations: { history: 'h.csv', level: 1.5 } }),
      await run({
        ...plan,
        conversations: { history: 'h.csv', level: 1.5 },
        segments: { chat: { conversations: { level: 1 } } },
      }),
    ]
    const mean = ({ chat: { bill: a }, both: { bill: b } }: typeof plain) => [a.mean.value, b.mean.value]
    const [chatMean, bothMean] = mean(plain)
    expect(mean(scaled)[0] / chatMean).toBeCloseTo(1.5, 9)
    expect(mean(scaled)[1] / bothMean).toBeCloseTo(1.5, 9)
    expect(mean(apart)[0] / chatMean).toBeCloseTo(1, 9)
    expect(mean(apart)[1] - chatMean).toBeCloseTo(1.5 * (bothMean - chatMean), 2)
  })

  it('is refused if a segment has no futures', async () => {
    const segments = { email: { conversations: { base: '10k' } } }
    await expect(resolved({ ...plan, conversations: { history: 'h.csv', level: 1.5 }, segments })).rejects.toThrow(
      'conversations.level: remove `level`, or state it in other segments',
    )
  })
})

it('the level of one segment can be swept, though the plan lists no segments', async () => {
  const levels = { 'segments.chat.conversations.level': [1, 1.5] }
  const { rows } = await sweepRows(plan, levels, reader(), { trials: 256 })
  const means = (offer: string) => rows.filter((row) => row.offer === offer).map(({ mean }) => mean.value)
  const [[chatMean, moreChat], [bothMean, moreBoth]] = [means('chat'), means('both')]
  expect(moreChat / chatMean).toBeCloseTo(1.5, 9)
  expect(moreBoth - bothMean).toBeCloseTo(0.5 * chatMean, 2)
  await expect(sweepRows(plan, { 'segments.chatt.conversations.level': [1, 2] }, reader(), { trials: 256 })).rejects.toThrow(
    'segments.chatt.conversations',
  )
})

describe('sliders of a plan whose segments have histories', () => {
  const ofPlan = JSON.stringify({ ...plan, run: { trials: 64 } })
  const { conversations: _, ...rest } = plan
  const ofSegments = JSON.stringify({ ...rest, segments: { chat: own('chat'), email: own('email') } })
  it.each([
    ['the plan', ofPlan, ['conversations.level']],
    ['segments', ofSegments, ['segments.chat.conversations.level', 'segments.email.conversations.level']],
  ])('move the level of %s, and give valid plans', async (_, text, expected) => {
    const levers = leversOf(JSON.parse(text), (await resolved(JSON.parse(text) as object)).scenario)
    expect(levers.map(({ path }) => path).filter((path) => path.includes('conversations'))).toEqual(expected)
    const moved = changedScenario(text, levers, [{ lever: 0, step: levers[0].steps.length - 1 }], { trials: 64 })
    const { scenario } = await resolve(readScenario(moved), reader())
    expect(scenario.conversations.level ?? scenario.segments?.[0].conversations.level).toBe(2)
  })
})
