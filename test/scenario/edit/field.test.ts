// Finds a number of a plan by its name, reads it in its unit, and replaces it in its notation.
import { describe, expect, it } from 'vitest'
import { fieldAt, withNumber } from '../../../src/scenario/edit/field.ts'
import { readScenario } from '../../../src/scenario/read.ts'

const text = `
months: 12
conversations: { base: 45k to 60k, noise: { cv: 8% }, seasonality: [1,1,1,1,1,1,1,1,1,1,1,2], involvement: [{ until: 2027-03, value: 40% }, { value: 85% }] }
resolution: { rate: { value: 65%, source: "export" }, improvement: 1pt/month, noise: { sd: 2pt } }
human: { cost: "normal($6.00, $0.50)" }
offers:
  zendesk: { charges: [{ meter: resolutions, commitment: 30k/month, price: $1.50, overage: $2.00 }] }
  fin: { charges: [{ id: usage, meter: resolutions, price: $0.99 }, { id: seats, seats: 40, price: $115/month }] }
  ada: { minimum: $240k/year, charges: [{ meter: conversations, price: "uniform($1.00, $3.50)", included: { perSeat: 10 } }, { seats: 3, price: $1 }] }
  euro: { charges: [{ meter: tickets, graduated: [{ to: 50, price: €0.95 }, { price: €0.90, fee: €100 }], maximum: { value: €50k, per: month } }] }
  staged: { charges: [{ meter: tickets, price: [{ until: 2027-06, value: $0.99 }, { value: $0.89 }] }] }
  catalogd: { catalog: fin }
exchange: { EUR: $1.08 }
run: { trials: 1k }
`
const { data } = readScenario(text)
const at = (path: string) => fieldAt(data, path)
const valueAt = (node: unknown, keys: readonly (string | number)[]): unknown =>
  keys.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], node)

describe('a field is found by its name and keeps its notation', () => {
  it.each([
    ['conversations.base', 'conversations.base', 52_160.2, 51_000, 51_000],
    ['conversations.noise.cv', 'conversations.noise.cv', 0.08, 0.1, 0.1],
    ['conversations.seasonality[11]', 'conversations.seasonality[11]', 2, 3, 3],
    ['conversations.involvement[0].value', 'conversations.involvement[0].value', 0.4, 0.5, 0.5],
    ['resolution.rate', 'resolution.rate', 0.65, 0.7, 0.7],
    ['resolution.improvement', 'resolution.improvement', 0.01, 0.02, '2pt/month'],
    ['resolution.noise.sd', 'resolution.noise.sd', 0.02, 0.03, 0.03],
    ['human.cost', 'human.cost', 6, 7.5, '$7.5'],
    ['exchange.EUR', 'exchange.EUR', 1.08, 1.1, '$1.1'],
    ['offers.zendesk.charges[0].commitment', 'offers.zendesk.charges[0].commitment', 30_000, 20_000, '20000/month'],
    ['offers.zendesk.commitment', 'offers.zendesk.charges[0].commitment', 30_000, 20_000, '20000/month'],
    ['offers.fin.charges.usage.price', 'offers.fin.charges.usage.price', 0.99, 0.5, '$0.5'],
    ['offers.fin.charges[0].price', 'offers.fin.charges.usage.price', 0.99, 0.5, '$0.5'],
    ['offers.fin.charges.seats.seats', 'offers.fin.charges.seats.seats', 40, 50, 50],
    ['offers.fin.charges.seats.price', 'offers.fin.charges.seats.price', 115, 100, '$100/month'],
    ['offers.ada.charges[0].price', 'offers.ada.charges[0].price', 2.25, 2, '$2'],
    ['offers.ada.minimum', 'offers.ada.minimum', 240_000, 300_000, '$300000/year'],
    ['offers.ada.charges[0].included.perSeat', 'offers.ada.charges[0].included.perSeat', 10, 20, 20],
    ['offers.euro.charges[0].graduated[1].price', 'offers.euro.charges[0].graduated[1].price', 0.9, 0.8, '€0.8'],
    ['offers.euro.graduated[1].fee', 'offers.euro.charges[0].graduated[1].fee', 100, 0, '€0'],
    ['offers.staged.price[1].value', 'offers.staged.charges[0].price[1].value', 0.89, 0.8, '$0.8'],
  ] as const)('%s', (path, canonical, now, value, written) => {
    const field = at(path)
    expect(field.path).toBe(canonical)
    expect(field.notation.now).toBeCloseTo(now, 0.1 + now > 1_000 ? 0 : 9)
    expect(valueAt(withNumber(data, field, value), field.keys)).toEqual(written)
  })
  it('an amount keeps the period beside it', () => {
    const field = at('offers.euro.charges[0].maximum')
    expect(field.notation.now).toBe(50_000)
    expect(valueAt(withNumber(data, field, 1), field.keys)).toEqual({ value: '€1', per: 'month' })
  })
  it('a charge of the catalog is found by its id', () => {
    expect(at('offers.catalogd.charges.outcomes.price').notation.now).toBe(0.99)
  })
  it('a field that the plan leaves out takes a plain number', () => {
    const field = at('offers.zendesk.charges[0].discount')
    expect(field.notation.now).toBeNaN()
    expect(valueAt(withNumber(data, field, 0.1), field.keys)).toBe(0.1)
    expect(at('resolution.ceiling').path).toBe('resolution.ceiling')
  })
  it('the original plan stays unchanged', () => {
    const before = JSON.stringify(data)
    withNumber(data, at('offers.fin.charges.usage.price'), 3)
    expect(JSON.stringify(data)).toBe(before)
  })
})

describe('numbers are read in the unit of the field', () => {
  it.each([
    ['resolution.rate', '50%', 0.5],
    ['resolution.rate', '0.5', 0.5],
    ['resolution.rate', '5pt', 0.05],
    ['resolution.improvement', '2pt/month', 0.02],
    ['offers.fin.charges.usage.price', '$1.2', 1.2],
    ['offers.fin.charges.usage.price', '1.2', 1.2],
    ['offers.euro.charges[0].graduated[0].price', '€1.2', 1.2],
    ['offers.zendesk.charges[0].commitment', '30k', 30_000],
    ['offers.zendesk.charges[0].commitment', '30k/month', 30_000],
    ['offers.ada.minimum', '$30k', 30_000],
  ] as const)('%s = %s', (path, written, value) => expect(at(path).notation.read(written)).toBeCloseTo(value, 12))
  it.each([
    ['resolution.rate', '$5'],
    ['offers.fin.charges.usage.price', '5%'],
    ['offers.zendesk.charges[0].commitment', 'many'],
    ['offers.zendesk.charges[0].commitment', '30k/year'],
  ])('and %s = %s is refused', (path, written) => expect(() => at(path).notation.read(written)).toThrow('in the unit of the field'))
})

describe('a path that does not lead to a number is refused in one line', () => {
  it.each([
    ['resolution.raet', 'resolution.raet: the plan has no such field, did you mean `resolution.rate`?'],
    ['offers.finn.price', 'there is no offer "finn". The offers are zendesk, fin, ada, euro, staged, catalogd'],
    ['offers.fin.charges[7].price', 'the plan has no such field'],
    ['offers.fin.price', 'fin has 2 charges with price. Use offers.fin.charges.usage.price or offers.fin.charges.seats.price'],
    ['offers.fin.charges.usage.meter', 'expected the path of a number, got "resolutions"'],
    [
      'offers.staged.price',
      'expected the path of a number, got [{"until":"2027-06","value":"$0.99"},{"value":"$0.89"}]. Choose one of offers.staged.charges[0].price[0].value, offers.staged.charges[0].price[1].value',
    ],
    ['months[0]', 'the plan has no such field'],
    ['run.trials', 'run.trials: expected the path of a number, got "1k"'],
    ['name', 'the plan has no such field'],
    ['', 'expected the path of a number in the plan, such as resolution.rate, got ""'],
    ['__proto__.x', 'the plan has no such field'],
    ['offers.constructor.price', 'there is no offer "constructor"'],
    ['a..b', 'expected the path of a number'],
  ])('%s', (path, message) => expect(() => at(path)).toThrow(message))
})
