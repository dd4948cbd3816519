// The files of the vendors: the build replaces the keys of publications and says where a file is wrong.
import { describe, expect, it } from 'vitest'
import { vendorOf } from '../../../scripts/vendors.mjs'

const file = (price: string) => `
vendor: Any
order: 1
publications: { pricing: { title: Prices, publisher: Any, asOf: 2026-11 } }
offers: { any: { title: Any, offer: { charges: [{ id: units, meter: resolutions, price: ${price} }] } } }
`

describe('a file of a vendor', () => {
  it('names the publication of a figure by its key', () => {
    const from = { title: 'Prices', publisher: 'Any', asOf: '2026-11' }
    expect(vendorOf(file('{ value: $0.99, from: pricing }'), 'any.yaml').offers.any.offer.charges).toEqual([
      { id: 'units', meter: 'resolutions', price: { value: '$0.99', from } },
    ])
  })
  it.each([
    [
      file('{ value: $0.99, from: price }'),
      'offers.any.offer.charges.0.price.from: expected a key of publications (pricing), got price',
    ],
    [file('{ value: $0.99 }'), 'offers.any.offer.charges.0.price.from: missing'],
    [file('*price'), 'Unresolved alias'],
    ['vendor: Any', 'order: missing'],
  ])('is refused with its name and the path', (text, message) => {
    expect(() => vendorOf(text, 'any.yaml')).toThrow(`any.yaml: ${message}`)
  })
})
