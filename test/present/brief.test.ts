// Tests the few words about a contract under its name.
import { expect, it } from 'vitest'
import { briefCharges } from '../../src/present/words/brief.ts'
import { statedPlan } from '../../src/present/words/plan.ts'

const plan = (offers: object) => statedPlan({ offers })

it('a contract is described by its first charge, without asides and totals', () => {
  const offers = {
    fin: { charges: [{ meter: 'resolutions', price: '$0.99' }] },
    ada: { charges: [{ meter: 'conversations', price: 'uniform($1, $3.50)', minimum: '$30k/year' }] },
    zendesk: { charges: [{ meter: 'resolutions', commitment: '30k/month', price: '$0.88', overage: '$1.40' }] },
    actions: { charges: [{ meter: 'actions', price: '$0.10' }, { fee: '$500/month' }] },
  }
  expect(briefCharges(plan(offers))).toEqual({
    fin: '$0.99 a resolution',
    ada: '$1.00 to $3.50 a conversation',
    zendesk: '30,000 resolutions a month at $0.88',
    actions: '$0.10 an action, and more',
  })
})

it('a contract whose title says the same has no description', () => {
  const charges = [{ meter: 'conversations', price: '$0.70' }]
  expect(briefCharges(plan({ flat: { title: 'A vendor at $0.70 a conversation', charges } }))).toEqual({})
})
