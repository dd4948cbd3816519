// The files of the vendors: the build replaces the keys of publications and says where a file is wrong.
import { describe, expect, it } from 'vitest'
import { vendorOf } from '../../../scripts/vendors.mjs'

const file = (price: string) => `
vendor: Any
order: 1
publications: { pricing: { title: Prices, publisher: Any, asOf: 2026-11 } }
offers: { any: { title: Any, offer: { charges: [{ id: units, meter: resolutions, price: ${price} }] } } }
`

const quoted = (quote: string) => `
vendor: Any
order: 1
publications: { calls: { title: Calls, publisher: Any, asOf: 2026-11 } }
quote: { title: Any, ${quote} }
`

describe('a file of a vendor', () => {
  it('names the publication of a figure by its key', () => {
    const from = { title: 'Prices', publisher: 'Any', asOf: '2026-11' }
    expect(vendorOf(file('{ value: $0.99, from: pricing }'), 'any.yaml').offers?.any?.offer.charges).toEqual([
      { id: 'units', meter: 'resolutions', price: { value: '$0.99', from } },
    ])
  })
  it('may hold only what the vendor sells by quote', () => {
    const { offers, quote } = vendorOf(quoted('bills: { value: minutes, from: calls }, questions: [Why?]'), 'any.yaml')
    expect(offers).toBeUndefined()
    expect(quote?.bills).toEqual({ value: 'minutes', from: { title: 'Calls', publisher: 'Any', asOf: '2026-11' } })
  })
  it.each([
    [
      file('{ value: $0.99, from: price }'),
      'offers.any.offer.charges.0.price.from: expected a key of publications (pricing), got price',
    ],
    [file('{ value: $0.99 }'), 'offers.any.offer.charges.0.price.from: missing'],
    [file('*price'), 'Unresolved alias'],
    ['vendor: Any', 'order: missing'],
    ['{ vendor: Any, order: 1, publications: {} }', 'offers: missing'],
    [
      file('{ value: $0.99, from: pricing, note: at first, later less }'),
      'offers.any.offer.charges.0.price.later less: expected one of what, value, from, note, conflicts. Write a text with commas in quotes',
    ],
    [
      file('{ value: $0.99, from: pricing, conflicts: [{ value: $1.99 }] }'),
      'offers.any.offer.charges.0.price.conflicts.0.from: missing',
    ],
    [
      file('{ value: $0.99, from: pricing }').replace('2026-11', 'lately'),
      'publications.pricing.asOf: expected a month such as 2026-11, got lately',
    ],
    [
      file('{ value: $0.99, from: pricing }').replace('asOf', 'url: prices, asOf'),
      'publications.pricing.url: expected an address such as https://example.com, got prices',
    ],
    [
      quoted('bills: { value: minutes, from: call }, questions: [Why?]'),
      'quote.bills.from: expected a key of publications (calls), got call',
    ],
    [quoted('bills: { value: minutes, from: calls }, questions: []'), 'quote.questions: missing'],
    [quoted('bills: { value: minutes }, questions: [Why?]'), 'quote.bills.from: missing'],
    [
      quoted('bills: { value: minutes, from: calls }, questions: [Why?], reported: [{ what: a minute, value: $1 }]'),
      'quote.reported.0.from: missing',
    ],
  ])('is refused with its name and the path', (text, message) => {
    expect(() => vendorOf(text, 'any.yaml')).toThrow(`any.yaml: ${message}`)
  })
})
