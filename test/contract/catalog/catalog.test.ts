// Vendors' published offers: each can be billed, each figure has a source, and any field can be changed.
import { invoice } from 'billcast'
import { describe, expect, it } from 'vitest'
import { citationsOf, uncited } from '../../../src/contract/catalog/entry.ts'
import { explainOffer } from '../../../src/contract/catalog/explain.ts'
import { catalog, quotes, vendors } from '../../../src/contract/catalog/index.ts'
import { ScenarioError } from '../../../src/errors.ts'
import { readScenario } from '../../../src/scenario/read.ts'
import { resolve } from '../../../src/scenario/resolve/resolve.ts'
import { here } from '../../end-to-end/command.ts'

const drivers = { months: 1, conversations: { base: '50k', actions: 4 }, resolution: { rate: '65%' } }
const of = (offer: object) => ({ ...drivers, offers: { one: offer } })
const bill = async (offer: object, usage = {}) => (await invoice(of(offer), 'one', usage)).total

describe('the catalog', () => {
  it.each([...catalog])('holds %s with the source of every figure', (_, entry) => {
    expect(uncited(entry.offer)).toEqual([])
    for (const { from } of citationsOf(entry.offer)) {
      expect(from.title).not.toBe('')
      expect(from.publisher).not.toBe('')
      expect(from.asOf).toMatch(/\d{4}-\d{2}/)
    }
    for (const { id } of entry.offer.charges) expect(id).toMatch(/^[a-z]+$/)
  })
  it.each([...catalog.keys()])('bills %s', async (catalog) => {
    const { lines, total } = await invoice({ ...of({ catalog }), months: 14 }, 'one')
    expect(Number.isFinite(total)).toBe(true)
    expect(lines.length > 0 || catalog === 'people').toBe(true)
  })
  it.each([...catalog])('bills one month of %s, and explains every line and charge', async (name, { title, offer }) => {
    const { lines, total } = await invoice(of({ catalog: name }), 'one')
    expect(lines.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(total, 6)
    for (const { why } of lines) expect(why).not.toBe('')
    const explained = explainOffer(name)
    expect(explained).toContain(`${name}: ${title} (`)
    for (const { id } of offer.charges) expect(explained).toContain(`  { id: ${String(id)}, `)
    for (const { path, value } of citationsOf(offer)) expect(explained).toContain(`  ${path}: ${value} (`)
  })
  it.each([
    ['fin', 32_175],
    ['fin-standalone', 32_175],
    ['fin-guaranteed', 32_175],
    ['fin-intercom-essential', 32_175 + 190],
    ['fin-intercom-advanced', 32_175 + 850],
    ['fin-intercom-expert', 32_175 + 1_320],
    ['fin-voice', 1.99 * 32_500],
    ['fin-leads', 32_175 + 9.99 * 1_000],
    ['zendesk-team', 2 * (32_500 - 150) + 30 * 55],
    ['zendesk-team-monthly', 2 * (32_500 - 150) + 30 * 69],
    ['zendesk-professional', 2 * (32_500 - 300) + 30 * 115],
    ['zendesk-professional-monthly', 2 * (32_500 - 300) + 30 * 149],
    ['zendesk-committed', 7_500 + 2 * (32_500 - 5_300) + 30 * (115 + 50)],
    ['zendesk-paused', 7_500 + 30 * 115],
    ['gorgias-pro', 360 + 480 * 36 + 32_500],
    ['gorgias-starter', 10 + 49_950 * 0.4 + 32_500],
    ['agentforce-conversations', 100_000],
    ['agentforce-flex', 20_000],
    ['agentforce-users', 5_000],
    ['agentforce-metered', 40 * 5 + 20_000],
    // A year that the plan cuts to one month includes a twelfth of its credits: 4,000,000 - 229,166 makes 38 packages.
    ['agentforce-max', 40 * 550 + 38 * 500],
    ['agentforce-resolutions', 65_000],
    ['hubspot-professional', 1_622 * 10],
    ['hubspot-enterprise', 1_620 * 10],
    ['freddy', 495 * 49],
    ['freddy-email', (2.5 * 500 - 5) * 49],
    ['freddy-2024', 50 * 100],
    ['helpscout', 24_375],
    ['gladly', 19_500 + 1_800],
    ['gladly-assisted', 30_000 + 1_800],
    ['redo', 47.5 + 45 + 0.85 * 32_400],
    ['fini-resolutions', 28_925],
    ['fini-conversations', 34_500],
    ['fini-scale', 0.69 * 32_500],
    ['fini-scale-conversations', 24_500],
    ['fini-enterprise', 0.49 * 32_500],
    ['fini-voice', 0.89 * 10_000 + 0.59 * 40_000],
    ['people', 0],
    // By quote, at the middle of what others report.
    ['ada', ((0.35 + 4 * 0.9 + 1.5) / 6) * 50_000],
    ['ada-article', 2.25 * 50_000],
    ['sierra', 3.5 * 32_500],
    ['decagon', 0.99 * 50_000 + 50_000 / 12],
    ['crescendo', 1.25 * 32_500 + 2_900],
    ['kustomer', 0.6 * 50_000 + 8 * 139],
    ['front', 0.05 * 50_000 + 10 * 65],
    ['tidio-lyro', 39],
    ['cognigy', 5_500],
    ['polyai', 1.25 * 50_000],
  ])('%s costs $%d for 50,000 conversations at 65%', async (catalog, cost) => {
    expect(await bill({ catalog })).toBeCloseTo(cost, 6)
  })
  it('is changed by the keys of a plan, charge by charge', async () => {
    expect(await bill({ catalog: 'fin', charges: { outcomes: { price: '$0.89' } } })).toBeCloseTo(28_925, 8)
    expect(await bill({ catalog: 'fin', charges: [{ id: 'outcomes', price: '$0.89' }] })).toBeCloseTo(28_925, 8)
    expect(await bill({ catalog: 'fin', charges: [{ fee: '$100/month' }] })).toBeCloseTo(32_275, 8)
    expect(await bill({ catalog: 'gladly', charges: { seats: null } })).toBeCloseTo(19_500, 8)
    expect(
      await bill({ catalog: 'fin', charges: { outcomes: { graduated: [{ to: 10_000, price: 1 }, { price: 0.5 }] } } }),
    ).toBeCloseTo(21_250, 8)
    expect(await bill({ catalog: 'fin', minimum: '$40k' })).toBeCloseTo(40_000, 8)
  })
  it('bills calls by their minutes, and a free quantity once', async () => {
    const calls = { ...of({ catalog: 'polyai' }), conversations: { base: '50k', minutes: 4 } }
    expect((await invoice(calls, 'one')).total).toBeCloseTo(1.25 * 4 * 50_000, 6)
    const { total } = await invoice({ ...of({ catalog: 'freddy' }), months: 2 }, 'one')
    expect(total).toBeCloseTo(495 * 49 + 500 * 49, 6)
  })
  it('keeps what sources say in conflict, with the source of each', () => {
    const meter = citationsOf(catalog.get('gladly')?.offer).find(({ path }) => path === 'charges.resolutions.meter')
    expect(meter?.value).toBe('resolutions')
    expect(meter?.conflicts?.map(({ value, from }) => [value, from.publisher])).toEqual([['conversations', 'Gladly Help']])
  })
  it.each(quotes.map((quote) => [quote.vendor, quote] as const))('says what %s bills by quote, and what to ask', (_, quote) => {
    expect(quote.questions.length).toBeGreaterThan(0)
    for (const { from } of [quote.bills, ...(quote.reported ?? [])]) expect(from.asOf).toMatch(/\d{4}-\d{2}/)
  })
  it('bills no vendor of whom no public source has a price', () => {
    const offered = new Set(vendors.map(({ vendor }) => vendor))
    expect(quotes.map(({ vendor }) => vendor).filter((vendor) => !offered.has(vendor))).toEqual(['Parloa', 'Forethought'])
  })
  it('identifies its charges by their ids', async () => {
    const { scenario } = await resolve(
      readScenario({
        ...of({ catalog: 'ada' }),
        correlations: [{ between: ['offers.one.price', 'conversations.base'], rho: 0.3 }],
        conversations: { base: '40k to 60k' },
      }),
      { read: () => Promise.reject(new Error('no file')) },
    )
    expect(scenario.correlations[0].between[0]).toBe('offers.one.charges.conversations.price')
    expect(scenario.offers[0].title).toBe('Ada, by quote')
  })
  it.each([
    [{ catalog: 'finn' }, 'offers.one.catalog: expected the name of an offer in the catalog, got "finn", did you mean `fin`?'],
    [{ catalog: 7 }, '`billcast offers` lists them'],
    [
      { catalog: 'fin', charges: { outcome: { price: 1 } } },
      'offers.one.charges.outcome: expected the id of one of its charges (outcomes)',
    ],
    [{ catalog: 'fin', charges: { outcomes: { price: -1 } } }, 'expected an amount of 0 or more, got -1'],
  ])('refuses %j', async (offer, message) => {
    const read = async () => resolve(readScenario(of(offer)), { read: () => Promise.reject(new Error('no file')) })
    await expect(read()).rejects.toThrow(ScenarioError)
    await expect(read()).rejects.toThrow(message)
  })
})

describe('billcast offers', () => {
  const command = async (...more: string[]) => (await here(['offers', ...more])).stdout
  it('lists every offer', async () => {
    const list = await command()
    for (const name of catalog.keys()) expect(list).toContain(`  ${name} `)
  })
  it('explains one offer, with its sources and published rates', async () => {
    const text = await command('fin-guaranteed')
    expect(text).toContain('refund.below: 65% (Fin million dollar guarantee, Intercom, 2026-11; an assumption')
    expect(text).toContain('  67%, stated by the vendor (Fin pricing, Intercom, 2026-11; an average over customers)')
    expect(text).toContain(
      '  45% to 53%, stated by a third party (reports of production use at other companies, various, 2026-11; seen in production)',
    )
  })
  it('lists the vendors that sell by quote in a list of their own, with their questions', async () => {
    const [offers, asked] = (await command()).split('By quote:')
    expect(offers).not.toContain('Parloa')
    for (const { vendor, questions } of quotes) {
      expect(asked).toContain(vendor)
      for (const question of questions) expect(asked).toContain(`    ${question}\n`)
    }
    expect(asked).toContain('Ask every vendor\n  What exactly counts, and who decides?')
  })
  it.each([
    ['intercom', ['  fin ', '  fin-voice ', 'Intercom\n'], ['Zendesk', 'By quote:']],
    ['ZENDESK', ['  zendesk-committed ', 'By quote:', 'Zendesk, Suite Enterprise with Copilot'], ['Intercom']],
    ['help scout', ['helpscout: Help Scout AI Answers (Help Scout)'], ['Zendesk']],
    ['voice', ['  fin-voice ', '  fini-voice '], ['  fin ', 'By quote:']],
    ['parloa', ['Parloa\n  bills: not published', 'Ask every vendor', 'Addresses'], ['Sierra']],
    ['decagon', ['decagon: Decagon, by quote (Decagon)', 'What is the platform fee, and which volume does it include?'], []],
    ['gladly', ['gladly: Gladly by the resolution', 'Other offers of Gladly\n  gladly-assisted '], []],
  ])('finds %s by vendor, name or title', async (words, found, absent) => {
    const text = await command(words)
    for (const part of found) expect(text).toContain(part)
    for (const part of absent) expect(text).not.toContain(part)
  })
  it('explains a figure with the sources that say otherwise, and the addresses of all', async () => {
    const text = await command('fin-intercom-essential')
    expect(text).toContain(
      "charges.seats.price: $19/month (Intercom's pricing page, transcribed, API Evangelist, 2026-09-20)\n    another source: $29/month",
    )
    expect(text).toContain('  Salesforce acquires Fin, ClonePartner: https://clonepartner.com/')
  })
  it('suggests the nearest vendor', async () => {
    expect((await here(['offers', 'intercm'])).stderr).toContain('the catalog has no offer "intercm". Did you mean Intercom?')
    expect((await here(['offers', ' '])).status).toBe(2)
  })
  it('suggests the nearest name', async () => {
    const { status, stderr } = await here(['offers', 'gorgias-prp'])
    expect(status).toBe(2)
    expect(stderr).toContain('the catalog has no offer "gorgias-prp". Did you mean gorgias-pro?')
  })
})
