// Exports that a spreadsheet or another country wrote: ids that became numbers, amounts with a decimal comma, times in words.
import { describe, expect, it } from 'vitest'
import { auditRows as audit } from '../../../src/invoice/audit/index.ts'

const started = (k: number) => `2026-03-${String(k + 1).padStart(2, '0')}`
const conversations = (id: (k: number) => string, delimiter = ',', zone = 'Z') =>
  [
    'id,started,involved,escalated,confirmed,last_customer,last_agent,reopened',
    ...Array.from({ length: 28 }, (_, k) => {
      const at = (minutes: string) => `${started(k)}T${minutes}:00${zone}`
      return [id(k), at('10:00'), 'true', '', at('11:00'), at('11:00'), at('10:59'), ''].join(',')
    }),
  ]
    .join('\n')
    .replaceAll(',', delimiter)
const billed = (id: (k: number) => string, amount = '0.99', delimiter = ',') =>
  [
    'id,billed_at,amount'.replaceAll(',', delimiter),
    ...Array.from({ length: 28 }, (_, k) => [id(k), `${started(k)}T11:00:00Z`, amount].join(delimiter)),
  ].join('\n')
const right = (k: number) => String(215_474_000_000_000 + 7 * k)
const mangled = () => '2.15474E+14'

describe('ids that a spreadsheet turned into numbers', () => {
  it.each([
    ['billed', conversations(right), billed(mangled)],
    ['conversations', conversations(mangled), billed(right)],
    ['billed', conversations(right, ';'), billed(() => '2,15474E+14', '0,99', ';')],
  ])('are refused in %s, with the way to export them as text', async (file, one, other) => {
    await expect(audit(one, 'fin', { billed: other })).rejects.toThrow(
      new RegExp(
        `^${file}: expected ids as the vendor exports them, got "2.15474E\\+14" in line 2: .* set the type of the id column to Text$`,
      ),
    )
  })

  it('are accepted as the vendor wrote them, also ids of letters and digits', async () => {
    for (const id of [right, (k: number) => `1E${k}`, (k: number) => `2.1E14-${k}`]) {
      const { disputed, billed: found } = await audit(conversations(id), 'fin', { billed: billed(id) })
      expect([disputed.count, found?.units]).toEqual([0, 28])
    }
  })
})

describe('a list of billed units', () => {
  it.each([
    ['0,99', ';'],
    ['"0,99 €"', ';'],
    ['"$0.99"', ','],
    ['0.99', '\t'],
  ])('with %s between %j is added up', async (amount, delimiter) => {
    const offer = amount.includes('€') ? { currency: 'EUR', charges: [{ meter: 'resolutions', price: 0.99 }] } : 'fin'
    const { billed: found } = await audit(conversations(right), offer, { billed: billed(right, amount, delimiter) })
    expect(found?.amount).toBeCloseTo(28 * 0.99, 9)
  })

  it('with amounts of two readings is refused', async () => {
    await expect(audit(conversations(right), 'fin', { billed: billed(right, '1.234', ';') })).rejects.toThrow(
      'billed: expected a stated decimal sign, since "1.234" in line 2, column "amount" may be 1234 or 1.234',
    )
    const rows = billed(right, '1.234', ';')
    const { billed: found, read } = await audit(conversations(right), 'fin', { billed: rows, decimal: ',' })
    expect(found?.amount).toBe(28 * 1234)
    expect(read[1]).toBe('billed: read as: id = id, billed_at = billed_at, amount = amount; 28 rows')
    // A number of a program has one reading.
    const given = [{ id: right(0), billed_at: '2026-03-01T11:00:00Z', amount: 1.234 }]
    expect((await audit(conversations(right), 'fin', { billed: given })).billed?.amount).toBe(1.234)
  })
})

it('times may end with UTC, and empty columns and rows are skipped', async () => {
  const text = conversations(right, ',', ' UTC')
    .split('\n')
    .map((line) => `${line},,`)
    .join('\n,,,,,,,,,\n\n')
  const { conversations: found, months } = await audit(text, 'fin')
  expect([found, months]).toEqual([28, ['2026-03']])
})
