// Bills worked out from published price lists, as an invoice and as a point estimate of the public API.
import { readFileSync } from 'node:fs'
import { invoice } from 'billcast'
import { describe, expect, it } from 'vitest'
import { simulate } from '../simulate.ts'

interface Bill {
  readonly id: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly answer: Readonly<Record<string, string>>
}
const bills = JSON.parse(readFileSync('test/reference/bills.json', 'utf8')) as readonly Bill[]

/** A scenario, and for each of its offers the key of the expected amount. */
interface Case {
  readonly scenario: Readonly<Record<string, unknown>>
  readonly totals: Readonly<Record<string, string>>
}

const resolved = (quantity: unknown) => ({ conversations: { base: quantity }, resolution: { rate: 1 } })
const one = (...charges: object[]) => ({ charges })
const perResolution = one({ meter: 'resolutions', price: '$0.99' })
const perConversation = one({ meter: 'conversations', price: '$0.80' })
const single = (usage: object, offer: object, key: string, answer: Bill['answer'], months = 1): Case => ({
  scenario: { months, ...usage, offers: { one: offer } },
  totals: { one: answer[key] },
})

function caseOf({ id, inputs, answer }: Bill): Case {
  const { quantity } = inputs
  if (id.startsWith('seed-table') || id === 'seed-100k') {
    const scenario = { months: 1, conversations: { base: inputs.conversations }, resolution: { rate: Number(inputs.rate) } }
    return {
      scenario: { ...scenario, offers: { resolution: perResolution, conversation: perConversation } },
      totals: { resolution: answer.perResolutionMonth, conversation: answer.perConversationMonth },
    }
  }
  if (id === 'drift-plus-1-point') {
    const scenario = { conversations: { base: '50k' }, resolution: { rate: '65%', improvement: '1pt/month' } }
    return {
      scenario: { ...scenario, offers: { resolution: perResolution, conversation: perConversation } },
      totals: { resolution: answer.perResolutionYear, conversation: answer.perConversationYear },
    }
  }
  if (id.startsWith('graduated')) {
    const graduated = (inputs.tiers as readonly [number, string][]).map(([to, price]) => ({ to, price: `$${price}` }))
    return single(resolved(quantity), one({ meter: 'resolutions', graduated }), 'total', answer)
  }
  if (id.startsWith('minimum'))
    return single(resolved(quantity), one({ meter: 'resolutions', price: '$0.99', minimum: '50/month' }), 'total', answer)
  if (id === 'zendesk-seats') {
    const seats = one({ seats: 30, price: '$115/month' }, { seats: 30, price: '$50/month', layer: 'add-on' })
    return { scenario: { ...resolved(0), offers: { year: seats } }, totals: { year: answer.year } }
  }
  if (id.startsWith('zendesk')) {
    const committed = { meter: 'resolutions', commitment: '5k/month', price: '$1.50', overage: '$2.00', included: { perSeat: 10 } }
    return single(resolved(quantity), one({ seats: 30, price: 0 }, committed), 'total', answer)
  }
  if (id.startsWith('gorgias')) {
    const { tickets, automated } = inputs as { tickets: number; automated: number }
    const drivers = { months: 1, conversations: { base: tickets, involvement: automated / tickets }, resolution: { rate: 1 } }
    // The yearly plan: $300 a month for 2,000 tickets, and $0.90 for each that the AI resolves besides.
    const plan = (extra: object) => one({ fee: '$300/month' }, { meter: 'resolutions', price: '$0.90' }, extra)
    return {
      scenario: {
        ...drivers,
        offers: {
          blocks: plan({ meter: 'tickets', package: 100, price: '$36', included: '2k/month' }),
          proRata: plan({ meter: 'tickets', price: '$0.36', included: '2k/month' }),
        },
      },
      totals: { blocks: answer.blocks, proRata: answer.proRata },
    }
  }
  if (id === 'agentforce-conversations')
    return single({ conversations: { base: '50k' } }, one({ meter: 'conversations', price: '$2' }), 'month', answer)
  if (id.startsWith('agentforce-flex')) {
    const flex = one({ credits: { actions: 20 }, package: 100_000, price: '$500' })
    return single({ conversations: { base: inputs.conversations, actions: inputs.actions } }, flex, 'month', answer)
  }
  if (id.startsWith('hubspot')) {
    const credits = one({ credits: { resolutions: 50 }, package: 1000, price: '$10', included: '5k/month' })
    return single(resolved(inputs.resolutions), credits, 'month', answer)
  }
  if (id.startsWith('freshworks')) {
    return {
      scenario: {
        months: 1,
        conversations: { base: inputs.sessions },
        offers: {
          new: one({ meter: 'conversations', package: 100, price: '$49' }),
          old: one({ meter: 'conversations', package: 1000, price: '$100' }),
        },
      },
      totals: { new: answer.new, old: answer.old },
    }
  }
  if (id.startsWith('floor')) {
    const floor = one({ meter: 'conversations', price: '$1.00', minimum: '$30k/year' })
    return single({ conversations: { base: inputs.conversationsPerMonth } }, floor, 'year', answer, 12)
  }
  if (id === 'human-cancel') return { scenario: {}, totals: {} }
  throw new Error(`there is no case for the bill ${id}`)
}

describe('a bill from a published price list', () => {
  it.each(bills.filter(({ id }) => id !== 'human-cancel').map((bill) => [bill.id, bill] as const))(
    'comes to the expected amount: %s',
    async (_, bill) => {
      const { scenario, totals } = caseOf(bill)
      expect(Object.keys(totals).length).toBeGreaterThan(0)
      const { summary } = await simulate(scenario, { trials: 32, method: 'random' })
      for (const [offer, total] of Object.entries(totals)) {
        const { lines, total: billed } = await invoice(scenario as never, offer)
        expect(billed).toBeCloseTo(Number(total), 8)
        expect(lines.at(-1)?.total ?? 0).toBe(billed)
        expect(summary.offers[offer].bill.point).toBeCloseTo(Number(total), 8)
      }
    },
  )
  it('trues up a minimum of $30,000 a year in December', async () => {
    for (const { inputs, answer } of bills.filter(({ id }) => id.startsWith('floor'))) {
      const floor = one({ meter: 'conversations', price: '$1.00', minimum: '$30k/year' })
      const { lines } = await invoice(
        { conversations: { base: inputs.conversationsPerMonth }, offers: { floor } } as never,
        'floor',
      )
      const up = lines.filter(({ line }) => line === 'minimum')
      expect(up.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(Number(answer.trueUp), 8)
      for (const { month } of up) expect(month).toBe('2027-12')
    }
  })
  it('adds the cost of people to either contract', async () => {
    const [bill] = bills.filter(({ id }) => id === 'human-cancel')
    const drivers = { months: 1, conversations: { base: '50k' }, resolution: { rate: Number(bill.inputs.rate) } }
    const scenario = {
      ...drivers,
      human: { cost: Number(bill.inputs.human) },
      offers: { resolution: perResolution, conversation: perConversation },
    }
    const { summary } = await simulate(scenario, { trials: 32, method: 'random' })
    expect(summary.offers.resolution.total.point).toBeCloseTo(Number(bill.answer.tcoPerResolution), 8)
    expect(summary.offers.conversation.total.point).toBeCloseTo(Number(bill.answer.tcoPerConversation), 8)
  })
  it('is checked for 35 cases', () => expect(bills).toHaveLength(35))
})
