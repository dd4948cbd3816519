// billcast audit and billcast invoice --check, as users start them.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { here } from './command.ts'

const root = mkdtempSync(join(tmpdir(), 'billcast-audit-'))
const [conversations, billed] = ['conversations.csv', 'billed.csv'].map((name) => join(root, name))
afterAll(() => rmSync(root, { recursive: true, force: true }))
beforeAll(() => void execFileSync(process.execPath, ['examples/audit/generate.mjs', root], { stdio: 'ignore' }))
const file = (name: string, text: string | Buffer): string => {
  writeFileSync(join(root, name), text)
  return join(root, name)
}

describe('billcast audit', () => {
  it('prints definitions, disputes and the shares for a forecast', async () => {
    const { stdout, status } = await here(['audit', conversations, '--offer', 'fin', '--billed', billed])
    expect(status).toBe(0)
    expect(stdout).toMatch(/assumed \(the contract\) +3,659 +166 +\$3,458/)
    expect(stdout).toMatch(/duplicate +25 +\$24\.75 +it was billed before and not credited/)
    expect(stdout).toContain('unresolved: "beta(48.5, 1834.5)"')
    expect(stdout).toContain('returns: { share: "beta(166.5, 3493.5)", lag: 0, to: people }')
    expect(stdout).toContain('Of $3,639 billed, $187 is in dispute.')
  })

  it('prints JSON in the shape that the documentation shows', async () => {
    const { stdout } = await here(['audit', conversations, '--offer', 'fin', '--billed', billed, '--json'])
    const found = JSON.parse(stdout) as Record<string, Record<string, Record<string, number>>>
    expect(Object.keys(found.counts)).toEqual(['timeout', 'assumed', 'verified', 'reopened'])
    expect(Object.keys(found.bills)).toEqual(['timeout', 'assumed', 'verified'])
    expect(found.disputes.unknown).toEqual({ count: 7, amount: expect.closeTo(6.93, 9) as number })
    for (const share of ['resolved', 'unresolved', 'reopened']) {
      const { value, low, high } = found.counted[share]
      expect(low <= value && value <= high).toBe(true)
    }
  })

  it('writes every dispute for the vendor, with hashed ids if asked', async () => {
    const out = join(root, 'disputes.csv')
    expect(
      (
        await here([
          'audit',
          conversations,
          '--offer',
          'fin',
          '--billed',
          billed,
          '--out',
          out,
          '--report',
          join(root, 'audit.html'),
        ])
      ).status,
    ).toBe(0)
    const rows = readFileSync(out, 'utf8').trim().split('\n')
    expect(rows[0]).toBe('id,time,rule,amount')
    expect(rows).toHaveLength(194)
    expect(rows.slice(1).every((row) => /^[cx]\d+,2[\d-]+T[\d:.]+Z,[a-z]+,\d+(\.\d+)?$/.test(row))).toBe(true)
    expect(readFileSync(join(root, 'audit.html'), 'utf8')).toContain('Billed beyond the contract')
    await here(['audit', conversations, '--offer', 'fin', '--billed', billed, '--out', out, '--hash-ids', 'key'])
    const hidden = readFileSync(out, 'utf8').trim().split('\n').slice(1)
    expect(hidden.every((row) => /^[0-9a-f]{24},/.test(row))).toBe(true)
    await here(['audit', conversations, '--offer', 'fin', '--billed', billed, '--out', join(root, 'd.parquet')])
    expect(readFileSync(join(root, 'd.parquet')).subarray(0, 4).toString()).toBe('PAR1')
  })

  it('never lets a cell run as a formula', async () => {
    const list = file('evil.csv', 'id,billed_at,amount\n"=HYPERLINK(""http://x"")",2026-01-20T00:00:00Z,1\n')
    const out = join(root, 'evil-out.csv')
    await here(['audit', conversations, '--offer', 'fin', '--billed', list, '--out', out])
    expect(readFileSync(out, 'utf8').split('\n')[1]).toBe(`"'=HYPERLINK(""http://x"")",2026-01-20T00:00:00Z,unknown,1`)
  })

  it('takes the terms of an offer from a scenario', async () => {
    const plan = file('plan.yaml', 'offers:\n  ours: { catalog: fin, charges: { outcomes: { price: $0.50 } } }\n')
    const { stdout } = await here(['audit', conversations, '--offer', 'ours', '--scenario', plan, '--billed', billed, '--json'])
    const { bills, disputes } = JSON.parse(stdout) as { bills: { assumed: number }; disputes: { price: { count: number } } }
    expect(bills.assumed).toBeCloseTo(0.5 * (3659 - 166), 6)
    expect(disputes.price.count).toBeGreaterThan(3_000)
    expect((await here(['audit', conversations, '--offer', 'theirs', '--scenario', plan])).stderr).toMatch(
      /--offer: expected an offer of .*plan\.yaml \(ours\), got "theirs"/,
    )
  })

  it.each([
    [['--offer', 'fin', '--zone', 'Nowhere'], 'zone: expected a time zone'],
    [['--offer', 'fin', '--timeout', 'long'], '--timeout: expected a time such as 30m, 24h or 7d, got "long"'],
    [['--offer', 'fin', '--definition', 'closed'], '--definition: expected timeout, assumed, verified or conversation'],
    [['--offer', 'fin', '--columns', 'start=x'], '--columns: expected pairs such as started=created_at'],
    [['--offer', 'fin', '--out', 'list.pdf'], '--out: expected a file .csv, .parquet or .arrow'],
    [['--offer', 'fin', '--until', '2026-07-01'], 'until: expected a time with its zone'],
    [[], '--offer: expected an offer of the catalog'],
  ])('refuses %o', async (more, message) => {
    const { status, stderr, stdout } = await here(['audit', conversations, ...more])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  it.each([
    ['UTF-16', Buffer.from('\ufeffid,started', 'utf16le'), 'expected CSV text in UTF-8'],
    ['nothing', '', 'it is empty'],
  ])('refuses %s and leaves no file', async (_, text, message) => {
    const out = join(root, 'never.csv')
    const { status, stderr } = await here(['audit', file('bad.csv', text), '--offer', 'fin', '--out', out])
    expect(status).toBe(2)
    expect(stderr).toContain(message)
    expect(existsSync(out)).toBe(false)
  })
})

describe('billcast invoice --check', () => {
  const plan = () =>
    file(
      'committed.yaml',
      `conversations: { base: 50k }
resolution: { rate: 65% }
offers:
  committed: { charges: [{ meter: resolutions, commitment: 1k/month, price: $1.50, overage: $2.00 }] }
`,
    )

  it('names the term that explains a difference', async () => {
    const invoices = file(
      'invoices.csv',
      'month,meter,quantity,amount\n2026-01,resolutions,1200,1900\n2026-02,resolutions,1200,2400\n',
    )
    const { stdout, status } = await here(['invoice', plan(), 'committed', '--check', invoices])
    expect(status).toBe(0)
    expect(stdout).toMatch(/2026-01 +resolutions +1,200 +– +\$1,900 +\$1,900 +\$0\.00 +agrees/)
    expect(stdout).toMatch(/2026-02 .* commitment: every unit at the overage price/)
    expect(stdout).toContain('1 of 2 totals differ from the contract, by $500 in all.')
    const { stdout: json } = await here(['invoice', plan(), 'committed', '--check', invoices, '--format', 'json'])
    expect((JSON.parse(json) as { rule?: string }[]).map(({ rule }) => rule)).toEqual([undefined, 'commitment'])
  })
})

it('billcast offers shows what counts and what to ask', async () => {
  const { stdout } = await here(['offers', 'zendesk-committed'])
  expect(stdout).toMatch(
    /What counts: verified\n {2}The AI took part and no person did, and the customer or a check of the outcome confirmed/,
  )
  expect(stdout).toContain('unverified resolutions are free since 2026-05-18')
  expect(stdout).toContain('Is there an itemized list of billed units, for an audit? Open: ask the vendor.')
  expect((await here(['offers', 'fin'])).stdout).toContain('What counts: assumed')
  expect((await here(['offers', 'agentforce-conversations'])).stdout).toContain(
    'Each conversation is a window of 24 hours from its first message. Later messages start a new one, even about the same issue.',
  )
})
