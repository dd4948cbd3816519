// Tests definitions at their edges, an export with planted faults, the bills of an audit, and unusable rows.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generate, TRUTH } from '../../../examples/audit/generate.mjs'
import { auditRows } from '../../../src/invoice/audit/index.ts'
import { definitions, type Happened, windowsOf } from '../../../src/contract/definitions/index.ts'
import { runInvoice } from '../../../src/invoice/invoice.ts'
import { effort } from '../../effort.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const START = Date.UTC(2026, 0, 10, 12)
const at = (minutes: number) => new Date(START + minutes * MINUTE).toISOString()
type Row = Record<string, string | boolean | number>
const audit = (rows: readonly Row[], offer: string | object = 'fin', options = {}) =>
  auditRows(rows, offer, { until: at(10_000), ...options })
const conversation = (id: string, more: Row = {}): Row => ({
  id,
  started: at(0),
  involved: true,
  last_customer: at(0),
  last_agent: at(1),
  ...more,
})
const counts = async (more: Row, options = {}) => {
  const { counts: found } = await audit([conversation('a', more)], 'fin', options)
  return [found.timeout, found.assumed, found.verified]
}

describe('a definition', () => {
  it.each([
    ['answered and left', {}, [1, 1, 0]],
    ['answered and confirmed', { confirmed: at(3), last_customer: at(3) }, [1, 1, 1]],
    ['asked last and gave up', { last_customer: at(5) }, [1, 0, 0]],
    ['escalated', { escalated: at(2) }, [0, 0, 0]],
    ['confirmed and then escalated', { confirmed: at(2), escalated: at(3) }, [0, 0, 0]],
    ['without the AI', { involved: false, last_agent: '' }, [0, 0, 0]],
    ['never answered', { last_agent: '' }, [1, 0, 0]],
  ])('counts a conversation %s', async (_, more, expected) => {
    expect(await counts(more)).toEqual(expected)
  })

  it('that waits for silence counts a conversation escalated at the very end of it', async () => {
    // The last word is at minute 1, the silence is 30 minutes.
    const options = { silence: 0.5 }
    expect((await counts({ escalated: at(31) }, options))[0]).toBe(1)
    expect((await counts({ escalated: new Date(START + 31 * MINUTE - 1).toISOString() }, options))[0]).toBe(0)
  })

  it('counts a silence only when it is over', async () => {
    expect(await counts({}, { silence: 0.5, until: at(31) })).toEqual([1, 1, 0])
    expect(await counts({}, { silence: 0.5, until: new Date(START + 31 * MINUTE - 1).toISOString() })).toEqual([0, 0, 0])
    // A confirmed resolution does not wait for silence.
    expect(await counts({ confirmed: at(2) }, { silence: 0.5, until: at(3) })).toEqual([0, 1, 1])
  })

  it('takes every silence as over if the time of the export is unknown', async () => {
    const { counts: found, until } = await auditRows([conversation('a')], 'fin')
    expect([found.timeout, found.assumed, found.verified, until]).toEqual([1, 1, 0, null])
  })

  it('credits a return on the last day, but not a millisecond later', async () => {
    const came = async (when: number) =>
      (
        await audit([conversation('a', { confirmed: at(2), reopened: new Date(when).toISOString() })], 'fin', {
          reopen: 3,
          until: at(99_999),
        })
      ).returned.verified
    const due = START + 2 * MINUTE + 3 * 24 * HOUR
    expect([await came(due), await came(due + 1)]).toEqual([1, 0])
  })

  it('counts in the month of the time zone', async () => {
    const end = '2026-01-31T23:59:59.999Z'
    const row = { id: 'a', started: '2026-01-31T22:00:00Z', involved: true, last_agent: '2026-01-31T22:00:00Z', confirmed: end }
    const month = async (zone: string) => {
      const { monthly } = await audit([row], 'fin', { zone, until: '2026-03-01T00:00:00Z' })
      return monthly.filter(({ counts: own }) => own.verified === 1).map((own) => own.month)
    }
    expect([await month('UTC'), await month('Europe/Berlin'), await month('America/New_York')]).toEqual([
      ['2026-01'],
      ['2026-02'],
      ['2026-01'],
    ])
  })

  it('never counts less than a stricter one: verified ≤ assumed ≤ timeout once conversations are over', () => {
    const time = fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: Number.NaN })
    const any = fc.record({
      involved: fc.boolean(),
      escalated: time,
      confirmed: time,
      lastCustomer: time,
      lastAgent: time,
      reopened: time,
    })
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 3_000 }), (own, silence) => {
        const happened: Happened = { started: 0, ...own }
        const resolved = (name: 'timeout' | 'assumed' | 'verified') =>
          !Number.isNaN(definitions[name].resolvedAt(happened, { silence, until: 1e6 }))
        if (resolved('verified')) expect(resolved('assumed')).toBe(true)
        if (resolved('assumed')) expect(resolved('timeout')).toBe(true)
      }),
      effort(1_000, 100_000),
    )
  })

  it('by the conversation counts windows of time', () => {
    const happened: Happened = {
      started: 0,
      involved: true,
      escalated: Number.NaN,
      confirmed: Number.NaN,
      lastCustomer: 0,
      lastAgent: 1,
      reopened: Number.NaN,
    }
    expect(windowsOf(happened, 24 * HOUR)).toBe(1)
    expect(windowsOf({ ...happened, reopened: 24 * HOUR - 1 }, 24 * HOUR)).toBe(1)
    expect(windowsOf({ ...happened, reopened: 24 * HOUR }, 24 * HOUR)).toBe(2)
    expect(windowsOf({ ...happened, involved: false }, 24 * HOUR)).toBe(0)
  })
})

describe('an export with planted faults', () => {
  const made = generate()
  const found = auditRows(made.conversations, 'fin', { billed: made.billed })

  it('yields every planted fault and no other', async () => {
    const { list, disputes } = await found
    for (const [rule, ids] of Object.entries(made.planted))
      expect([
        rule,
        list
          .filter((dispute) => dispute.rule === rule)
          .map(({ id }) => id)
          .sort(),
      ]).toEqual([rule, [...ids].sort()])
    expect(list).toHaveLength(Object.values(made.planted).flat().length)
    expect(disputes?.price.amount).toBeCloseTo(TRUTH.faults.price * 0.5, 9)
    expect(disputes?.duplicate.amount).toBeCloseTo(TRUTH.faults.duplicate * 0.99, 9)
  })

  it('yields the shares that it was made with', async () => {
    const { conversations, involved, contained, counts: by, returned } = await found
    const near = (share: number, truth: number, of: number) =>
      expect(Math.abs(share - truth)).toBeLessThan(4 * Math.sqrt((truth * (1 - truth)) / of))
    near(involved / conversations, TRUTH.involved, conversations)
    near(1 - contained / involved, TRUTH.escalated, involved)
    near((by.timeout - by.assumed) / by.timeout, TRUTH.gaveUp, by.timeout)
    near(by.verified / by.assumed, TRUTH.confirmed, by.assumed)
    near(returned.assumed / by.assumed, TRUTH.reopened, by.assumed)
  })

  it('yields no dispute if the vendor applied the contract', async () => {
    const clean = generate({
      ...TRUTH,
      credited: 1,
      faults: Object.fromEntries(Object.keys(TRUTH.faults).map((rule) => [rule, 0])),
    })
    const { list, disputed, counted, returns, bills, billed, monthly } = await auditRows(clean.conversations, 'fin', {
      billed: clean.billed,
    })
    expect(list).toEqual([])
    expect(disputed).toEqual({ count: 0, amount: 0 })
    expect(bills.assumed).toBeCloseTo(billed?.amount ?? 0, 6)
    // Resolutions whose customers came back are resolutions, and nothing else is counted.
    expect(counted.unresolved.value).toBe(0)
    expect(returns.share.value).toBeCloseTo(counted.reopened.value, 12)
    // The shares give the same invoice when they are used in a scenario.
    const { resolved, unresolved, reopened } = counted
    const involved = monthly.reduce((sum, month) => sum + month.involved, 0)
    const scenario = {
      months: 1,
      conversations: { base: involved },
      resolution: { rate: String(resolved.of / involved) },
      offers: {
        fin: { catalog: 'fin', counted: { resolved: resolved.value, unresolved: unresolved.value, reopened: reopened.value } },
      },
    }
    const { total } = await runInvoice(scenario, 'fin', {}, { read: () => Promise.reject(new Error('no files')) })
    expect(total).toBeCloseTo(billed?.amount ?? 0, 4)
  })

  it('adds its counts to the totals of the invoices', async () => {
    const invoices = [1, 2, 3].map((m) => ({ month: `2026-0${m}`, meter: 'resolutions', quantity: 1_000, amount: 990 }))
    const { totals, monthly } = await auditRows(made.conversations, 'fin', { invoices })
    expect(totals?.map(({ audited }) => audited)).toEqual(monthly.map(({ counts: own }) => own.assumed))
    expect(totals?.every(({ rule }) => rule === undefined)).toBe(true)
  })

  it('gives the same audit in any order of rows', async () => {
    const shuffled = [...made.conversations].reverse()
    const other = await auditRows(shuffled, 'fin', { billed: made.billed })
    const { list: _, ...first } = await found
    const { list: __, ...again } = other
    expect(again).toEqual(first)
  })

  it('has its ids replaced if the caller asks for it', async () => {
    const { list } = await auditRows(made.conversations, 'fin', { billed: made.billed, hide: (id) => `#${id.length}` })
    expect(new Set(list.map(({ id }) => id))).toEqual(new Set(['#6', '#2']))
  })
})

describe('a contract', () => {
  const rows = Array.from({ length: 100 }, (_, k) =>
    conversation(`c${k}`, k < 60 ? {} : k < 80 ? { last_customer: at(9) } : { escalated: at(2) }),
  )

  it('bills the count of each definition', async () => {
    const tiers = {
      charges: [
        { meter: 'resolutions', commitment: '50/month', price: 2, overage: 3 },
        { seats: 2, price: '$10/month' },
      ],
    }
    const { bills } = await audit(rows, tiers)
    expect(bills).toEqual({ timeout: 100 + 30 * 3 + 20, assumed: 100 + 10 * 3 + 20, verified: 100 + 20 })
  })

  it('by the conversation may bill each window once', async () => {
    const back = conversation('w', { reopened: at(25 * 60) })
    const list = [back, conversation('v')]
    const row = (id: string, minutes: number) => ({ id, billed_at: at(minutes), amount: 2 })
    const billed = [row('w', 10), row('w', 1_600), row('w', 1_700), row('v', 10), row('v', 20)]
    const { disputes, bills, definition } = await audit(list, 'agentforce-conversations', { billed })
    expect(definition.counts).toBe('conversation')
    expect(definition.words).toContain(
      'Each conversation is a window of 24 hours from its first message. Later messages start a new one, even about the same issue.',
    )
    expect(disputes?.duplicate).toEqual({ count: 2, amount: 4 })
    expect(bills.verified).toBe(3 * 2)
  })

  it('counts by the definition and silence that the caller states', async () => {
    const { definition } = await audit(
      rows,
      { charges: [{ meter: 'resolutions', price: 1 }] },
      { definition: 'timeout', silence: 0.5 },
    )
    expect(definition).toEqual({
      counts: 'timeout',
      words: expect.stringContaining('30 minutes passed without a message') as string,
    })
    const { counts: own, bills } = await audit(rows, { charges: [{ meter: 'resolutions', price: 1 }] }, { definition: 'timeout' })
    expect([own.timeout, bills.timeout]).toEqual([80, 80])
  })

  it('is refused if the catalog does not have it', async () => {
    await expect(audit(rows, 'fim')).rejects.toThrow(
      'offer: expected an offer of the catalog (billcast offers lists them), got "fim"',
    )
  })
})

describe('unusable rows', () => {
  const good = Array.from({ length: 200 }, (_, k) => conversation(`c${k}`))

  it('are left out, and counted by reason with their lines', async () => {
    const { bad, conversations, repeats } = await audit(
      [
        ...good,
        conversation('t', { escalated: 'soon' }),
        conversation('z', { confirmed: '2026-01-10T12:00:00' }),
        conversation('o', { escalated: at(-1) }),
        conversation('c7', { confirmed: at(2) }),
        conversation('c8'),
      ],
      'fin',
      { tolerate: 0.05 },
    )
    expect(conversations).toBe(200)
    expect(repeats).toBe(1)
    expect(bad).toEqual([
      { kind: 'with an invalid time', count: 1, lines: [202] },
      { kind: 'with a time without a zone', count: 1, lines: [203] },
      { kind: 'with an event before the start', count: 1, lines: [204] },
      { kind: 'with an id that an earlier row has with other fields', count: 1, lines: [205] },
    ])
  })

  it('are refused if they are more than one in a hundred', async () => {
    const rows = [...good, ...Array.from({ length: 3 }, (_, k) => conversation(`x${k}`, { involved: 'maybe' }))]
    await expect(audit(rows)).rejects.toThrow(
      'conversations: 3 of 203 rows cannot be used, and 1% are allowed: 3 with "involved" neither true nor false (lines 202, 203, 204). Correct these rows, or allow more with `tolerate: 0.05` (--tolerate 5%)',
    )
  })

  it.each([
    [
      '',
      'conversations: expected a header id,started,involved,escalated,confirmed,last_customer,last_agent,reopened and rows, but it is empty',
    ],
    [
      'id,started\n',
      'If columns have other names, state them in `columns` (--columns involved=NAME,escalated=NAME,confirmed=NAME,last_customer=NAME,last_agent=NAME,reopened=NAME)',
    ],
    [
      'id,id,started,involved,escalated,confirmed,last_customer,last_agent,reopened\n',
      'expected one column "id" in line 1, got several',
    ],
    ['\0id,started', 'expected CSV text in UTF-8'],
  ])('are refused as a whole in a file that begins %j', async (text, message) => {
    await expect(auditRows(text, 'fin', { until: at(0) })).rejects.toThrow(message)
  })

  it('do not come from columns with other names, if the caller names them', async () => {
    const text = 'ticket;created;bot;handover;ok;c;a;again\nx;2026-01-10T12:00:00Z;yes;;;;2026-01-10T12:01:00Z;\n'
    const columns = {
      id: 'ticket',
      started: 'created',
      involved: 'bot',
      escalated: 'handover',
      confirmed: 'ok',
      last_customer: 'c',
      last_agent: 'a',
      reopened: 'again',
    }
    const { counts: own } = await auditRows(text, 'fin', { columns, until: '2026-02-01T00:00:00Z' })
    expect(own).toEqual({ timeout: 1, assumed: 1, verified: 0, reopened: 0 })
  })
})
