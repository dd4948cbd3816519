// An offer of a plan is read back into the four questions. What they do not show stays, and saving without a change changes no text.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { catalogList } from '../../src/contract/catalog/list.ts'
import { runInvoice } from '../../src/invoice/invoice.ts'
import { changedPlan, formOf } from '../../src/page/calculator/plan.ts'
import { offerOf, type Quote } from '../../src/page/calculator/quote/offer.ts'
import { type ReopenedQuote, reopened } from '../../src/page/calculator/quote/reopen.ts'
import { typedOf } from '../../src/page/calculator/quote/retyped.ts'
import { lineOfOffer, savedQuote } from '../../src/page/calculator/quote/saved.ts'
import { readQuote } from '../../src/page/calculator/quote/texts.ts'
import { PLAN, QUOTES, typed } from './quotes.ts'

const folders = ['examples', 'examples/article', 'examples/portfolio/plans', 'examples/batch/plans']
const EXAMPLES = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({ file: `${folder}/${file}`, folder })),
)

/** The offers that the questions show, with the plan that has them. */
function shownIn(plan: string): readonly (readonly [name: string, found: ReopenedQuote])[] {
  return formOf(plan).offers.flatMap(({ name }) => {
    const found = reopened(plan, name)
    return 'quote' in found ? [[name, found] as const] : []
  })
}

/** What was typed, saved as the dialog saves it. */
function saved(plan: string, name: string, found: ReopenedQuote): string {
  const { texts, choices } = typedOf(found.quote)
  const read = readQuote(texts, choices)
  return 'quote' in read ? savedQuote(plan, name, found, read.quote) : 'refused'
}

/** The offer in the words of the questions only. What they do not show stays beside it. */
function rewritten(plan: string, name: string, { quote, offer, places }: ReopenedQuote): string {
  const own = offerOf(quote) as { readonly charges: readonly object[]; readonly quantities?: object }
  const charges = Object.values(places)
    .sort((a, b) => a - b)
    .map((place) => (offer.charges as readonly { readonly id?: string; readonly layer?: string }[])[place])
  const kept = own.charges.map((charge, k) => {
    const { id, layer } = charges.length === own.charges.length ? (charges[k] ?? {}) : {}
    return { ...charge, ...(id !== undefined && { id }), ...(layer !== undefined && { layer }) }
  })
  const quantities = { ...(offer.quantities as object | undefined), ...own.quantities }
  return changedPlan(plan, [
    [['offers', name], { ...offer, ...own, charges: kept, ...(Object.keys(quantities).length > 0 && { quantities }) }],
  ])
}

const reader = (folder: string) => ({ read: async (path: string) => readFileSync(`${folder}/${path}`) })
const amounts = async (plan: string, name: string, folder = '.') => {
  const { total, lines } = await runInvoice(plan, name, {}, reader(folder))
  return [total, ...lines.map(({ amount }) => amount)].map((amount) => Number(amount.toFixed(6)))
}

describe('an offer that was typed', () => {
  it.each(QUOTES)('of %s comes back as it was typed, and bills the same', async (title, choices, texts) => {
    const quote = typed(texts, choices)
    const plan = changedPlan(PLAN, [[['offers', 'acme'], offerOf(quote)]])
    const found = reopened(plan, 'acme')
    if (!('quote' in found)) throw new Error(found.why)
    // By volume, tiers below a commitment have no effect and are not kept.
    if (!/commitment by volume (that|beyond)|commitment by volume$/.test(title)) expect(found.quote).toEqual(quote)
    expect(saved(plan, 'acme', found)).toBe(plan)
    expect(await amounts(rewritten(plan, 'acme', found), 'acme')).toEqual(await amounts(plan, 'acme'))
  })
})

const catalogPlan = (name: string) => PLAN.replace('offers:\n', `offers:\n  own: { catalog: ${name} }\n`)

describe('an offer of an example', () => {
  it.each(EXAMPLES)(
    'in $file keeps its text if nothing changes, and its bills in the words of the questions',
    async ({ file, folder }) => {
      const plan = readFileSync(file, 'utf8')
      if (parse(plan).offers === undefined) return
      for (const [name, found] of shownIn(plan)) {
        expect(saved(plan, name, found)).toBe(plan)
        expect(await amounts(rewritten(plan, name, found), name, folder)).toEqual(await amounts(plan, name, folder))
      }
    },
  )
})

describe('an offer of the catalog', () => {
  const { offers } = catalogList()
  const all = offers.map(({ name }) => ({ name, plan: catalogPlan(name) }))

  it.each(all)('$name keeps its text if nothing changes, and its bills in the words of the questions', async ({ plan }) => {
    for (const [name, found] of shownIn(plan)) {
      expect(saved(plan, name, found)).toBe(plan)
      expect(await amounts(rewritten(plan, name, found), name)).toEqual(await amounts(plan, name))
    }
  })

  it('opens in the questions, or says in a sentence what they cannot show', () => {
    const found = all.map(({ plan }) => reopened(plan, 'own'))
    const whys = Object.fromEntries(all.flatMap(({ name }, k) => ('why' in found[k] ? [[name, found[k].why]] : [])))
    expect(found.filter((one) => 'quote' in one).length).toBeGreaterThanOrEqual(20)
    for (const why of Object.values(whys))
      expect(why).toMatch(/^The four questions cannot show .+, so here is the offer in the whole plan\.$/)
    expect(whys['zendesk-team']).toContain('included units')
    expect(whys['agentforce-flex']).toContain('credits')
    expect(whys.ada).toContain('a price that is uncertain')
  })
})

describe('a changed quote', () => {
  const OFFER = `  acme:
    title: Acme, renewal # as mailed in May
    source: Mail of May 3
    from: 2027-03
    resolution: { offset: -2pt, returns: { share: 10% } }
    quantities: { clicks: 2, messages: 4 }
    minimum: $12k/year
    charges:
      - { id: seats, seats: 20, price: $115/month }
      # The price of the second year.
      - { id: use, meter: messages, price: { value: $0.05, source: Annex B }, account: 62110 }
`
  const plan = PLAN + OFFER
  const changed = (text: string, change: (quote: Quote) => Quote, name = 'acme') => {
    const found = reopened(text, name)
    if (!('quote' in found)) throw new Error(found.why)
    return savedQuote(text, name, found, change(found.quote))
  }

  it('changes its own value only, and keeps comments, notation and what no question shows', () => {
    const dearer = changed(plan, (quote) => ({ ...quote, seats: { count: 25, price: 115 } }))
    expect(dearer).toBe(changedPlan(plan, []).replace('seats: 20', 'seats: 25'))
    const renamed = changed(plan, (quote) => ({ ...quote, vendor: 'Acme' }))
    expect(renamed).toBe(changedPlan(plan, []).replace('Acme, renewal', 'Acme'))
  })

  it('may lose a charge or gain one, and change what it pays for', async () => {
    const bare = changed(plan, ({ vendor }) => ({ vendor, paid: { kind: 'fee', fee: 900, per: 'month' } }))
    expect(parse(bare).offers.acme).toEqual({
      ...{ title: 'Acme, renewal', source: 'Mail of May 3', from: '2027-03', quantities: { clicks: 2 } },
      resolution: { offset: '-2pt', returns: { share: '10%' } },
      charges: [{ fee: '900/month' }],
    })
    // Ten months.
    expect((await amounts(bare, 'acme'))[0]).toBe(9_000)
    const back = changed(bare, ({ vendor }) => ({ vendor, paid: { kind: 'seats' }, seats: { count: 3, price: 10 } }))
    expect(parse(back).offers.acme.charges).toEqual([{ seats: 3, price: '10/month' }])
  })

  it('of the catalog is stated beside it by the id of the charge', async () => {
    const own = catalogPlan('fin-intercom-advanced')
    const cheaper = changed(own, (quote) => ({ ...quote, ...priced(quote, 0.9) }), 'own')
    expect(parse(cheaper).offers.own).toEqual({
      catalog: 'fin-intercom-advanced',
      charges: [{ id: expect.any(String), price: 0.9 }],
    })
    const [before, after] = [await amounts(own, 'own'), await amounts(cheaper, 'own')]
    // 32,500 resolutions a month.
    expect(before[0] - after[0]).toBeCloseTo(12 * 32_500 * 0.09, 4)
    // A second change replaces the first one.
    const again = changed(cheaper, (quote) => ({ ...quote, ...priced(quote, 0.8) }), 'own')
    expect(parse(again).offers.own.charges).toEqual([{ id: expect.any(String), price: 0.8 }])
  })

  it('of the catalog is written out, with its origin, if the catalog lacks what it says', async () => {
    const own = catalogPlan('fin-intercom-advanced')
    const bare = changed(own, ({ vendor, paid }) => ({ vendor, paid }), 'own')
    expect(parse(bare).offers.own).toMatchObject({
      source: expect.stringMatching(/^Catalog, Fin .*, changed$/),
      charges: [{ meter: 'resolutions' }],
    })
    expect(parse(bare).offers.own).not.toHaveProperty('catalog')
    expect((await amounts(bare, 'own'))[0]).toBeCloseTo(12 * 32_500 * 0.99, 4)
  })

  it('whose lines several offers share, or that is no single contract, is left to the editor', () => {
    const why = (text: string) => {
      const found = reopened(text, 'acme')
      return 'why' in found ? found.why : ''
    }
    expect(why(`${PLAN}  base: &base { charges: [{ meter: resolutions, price: 1 }] }\n  acme: *base\n`)).toContain(
      'lines that offers share',
    )
    expect(why(`${PLAN}  acme: { parts: { a: {}, b: {} } }\n`)).toContain('several contracts')
    expect(why(`${PLAN}  acme: { charges: [{ meter: resolutions, price: 1, until: 2027-03 }] }\n`)).toContain(
      'a charge that ends earlier',
    )
    expect(why(`${PLAN}  acme: { charges: [ }\n`)).toBe('The plan has a mistake that must be mended first.')
    expect(lineOfOffer(plan, 'acme')).toBe(7)
  })
})

const priced = (quote: Quote, price: number): Pick<Quote, 'paid'> => {
  if (quote.paid.kind !== 'use') throw new Error('no price for use')
  return { paid: { ...quote.paid, pricing: { kind: 'each', price } } }
}
