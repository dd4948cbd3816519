// Each contract that makes no sense has one clear error, which says why and how to fix it.
import { describe, expect, it } from 'vitest'
import { ScenarioError } from '../../src/errors.ts'
import { billed, one } from './billed.ts'
import { CHARGES, TERMS } from './nonsense.ts'

const meter = 'resolutions'
const charge = 'offers.one.charges[0]'
const problems = async (offer: object, more: object = {}): Promise<string> => {
  try {
    await billed(offer, [1, 1], more)
  } catch (error) {
    if (error instanceof ScenarioError) return error.message
    throw error
  }
  return ''
}

describe('a contract that makes no sense is refused with the reason', () => {
  it.each(CHARGES)('%j', async (wrong, message) => {
    expect(await problems(one(wrong))).toContain(message)
  })

  it.each(TERMS)('%j', async (terms, message) => {
    expect(await problems(one({ meter, price: 1 }, terms))).toContain(message)
  })

  it('in an offer of its own currency', async () => {
    const more = { exchange: { EUR: 1.1 } }
    expect(await problems(one({ meter, price: '$1' }, { currency: 'EUR' }), more)).toContain(
      `${charge}.price: expected an amount in EUR, the offer's currency`,
    )
  })
  it('with seats by `perAgent`, whose number is set month by month', async () => {
    const seats = { seats: { perAgent: 60 }, price: 5 }
    expect(await problems({ charges: [seats, { meter, price: 1, included: { perSeat: '5/year' } }] })).toContain(
      'expected a quantity a month',
    )
    expect(
      await problems({
        charges: [
          { ...seats, from: '2027-02' },
          { meter, price: 1, included: { perSeat: 5 } },
        ],
      }),
    ).toContain('no number in the other months')
    expect(await problems({ charges: [seats, { meter, price: 1, limit: '$5', included: { perSeat: 5 } }] })).toContain(
      'depend on where the limit stops the AI',
    )
  })
})
