// An export with a column of segments is counted and billed by segment.
import { audit } from 'billcast'
import { parse } from 'yaml'
import { auditPage } from '../../../src/present/report/audit.ts'
import { thorough } from '../../effort.ts'
import { describe, expect, it } from 'vitest'

const at = (day: number) => `2026-03-${String(1 + (day % 28)).padStart(2, '0')}T12:00:00Z`
const conversation = (channel: string, k: number, more: object = {}) => ({
  id: `${channel}${k}`,
  started: at(k),
  involved: true,
  escalated: '',
  confirmed: '',
  last_customer: at(k),
  last_agent: at(k),
  reopened: '',
  channel,
  ...more,
})
/** 40 conversations in chat, all resolved. Of 20 by voice, people take over 5. */
const rows = [
  ...Array.from({ length: 20 }, (_, k) => conversation('voice', k, k < 5 ? { escalated: at(k) } : {})),
  ...Array.from({ length: 40 }, (_, k) => conversation('chat', k)),
]
const until = '2026-05-01T00:00:00Z'
const plan = {
  start: '2026-01',
  months: 12,
  segments: {
    chat: { conversations: { base: 100 }, resolution: { rate: '60%' } },
    voice: { conversations: { base: 50 }, resolution: { rate: '30%' } },
  },
  offers: {
    ours: {
      charges: [
        { id: 'text', meter: 'resolutions', of: 'chat', price: 1 },
        { id: 'calls', meter: 'resolutions', of: 'voice', price: 3 },
      ],
    },
  },
}

describe('an export with a column of segments', () => {
  it('is counted by segment, and the segments add up', async () => {
    const { segments, conversations, counts, contained, monthly, read } = await audit(rows as never, 'fin', { until })
    expect(read[0]).toContain('segment = channel')
    expect(Object.keys(segments ?? {})).toEqual(['chat', 'voice'])
    expect(segments?.chat).toMatchObject({ conversations: 40, involved: 40, contained: 40 })
    expect(segments?.voice).toMatchObject({ conversations: 20, involved: 20, contained: 15 })
    const sum = (of: (segment: NonNullable<typeof segments>[string]) => number) =>
      Object.values(segments ?? {}).reduce((all, segment) => all + of(segment), 0)
    expect(sum((segment) => segment.conversations)).toBe(conversations)
    expect(sum((segment) => segment.contained)).toBe(contained)
    expect(sum((segment) => segment.counts.assumed)).toBe(counts.assumed)
    expect(segments?.voice.monthly).toEqual([
      { month: monthly[0].month, conversations: 20, resolutions: segments?.voice.counts.assumed },
    ])
  })

  it('is billed by the charges of its segments', async () => {
    const { bills, segments } = await audit(rows as never, { scenario: plan, offer: 'ours' }, { until })
    const expected = (segments?.chat.counts.assumed ?? 0) + 3 * (segments?.voice.counts.assumed ?? 0)
    expect(bills.assumed).toBeCloseTo(expected, 9)
    expect(bills.assumed).toBeCloseTo(40 + 3 * 15, 9)
  })

  it('writes a forecast block with segments, whose shares are those of an export of one segment', async () => {
    const { fragment, segments } = await audit(rows as never, { scenario: plan, offer: 'ours' }, { until })
    const { offers } = parse(fragment) as { readonly offers: { readonly ours: { readonly segments: Record<string, object> } } }
    expect(Object.keys(offers.ours.segments)).toEqual(['chat', 'voice'])
    const alone = await audit(rows.filter(({ channel }) => channel === 'voice') as never, 'fin', { until })
    const { lag: _, ...shares } = alone.counted
    expect(segments?.voice.counted).toEqual(shares)
  })

  it.runIf(thorough)('has a table by segment in the report', async () => {
    const page = await auditPage(await audit(rows as never, 'fin', { until }))
    expect(page).toContain('The export by segment')
    expect(page).toMatch(/<td>voice<\/td>|>voice</)
  })

  it('may name its column', async () => {
    const named = rows.map(({ channel, ...row }) => ({ ...row, team: channel }))
    const { segments } = await audit(named as never, 'fin', { until, columns: { segment: 'team' } })
    expect(Object.keys(segments ?? {})).toEqual(['chat', 'voice'])
  })

  it('without one has no segments', async () => {
    const { segments, fragment } = await audit(rows.map(({ channel: _, ...row }) => row) as never, 'fin', { until })
    expect(segments).toBeNull()
    expect(fragment).not.toContain('segments')
  })

  it('has repeated rows only if they name one segment', async () => {
    const twice = [...rows, { ...rows[0] }, { ...rows[1], channel: 'chat' }]
    const { repeats, bad } = await audit(twice as never, 'fin', { until, tolerate: 0.1 })
    expect(repeats).toBe(1)
    expect(bad).toMatchObject([{ kind: 'with an id that an earlier row has with other fields', count: 1 }])
  })

  it.each([
    [
      rows.map(({ channel: _, ...row }) => row),
      {},
      'conversations: expected a column of segments (chat, voice), such as `segment`',
    ],
    [
      rows.map((row) => ({ ...row, channel: 'vioce' })),
      {},
      'expected the name of a segment (chat, voice) in the column of segments, got "vioce"',
    ],
    [
      Array.from({ length: 70 }, (_, k) => conversation(`c${k}`, k)),
      {},
      'conversations: expected at most 64 segments, got one more, "c64" in line 66',
    ],
  ])('says what is wrong (%#)', async (given, options, words) => {
    await expect(audit(given as never, { scenario: plan, offer: 'ours' }, { until, ...options })).rejects.toThrow(words)
  })
})
