// Units that are sold in packages.
import * as z from 'zod'
import { formatQuantity } from '../../notation/money.ts'
import { plainQuantity } from '../fields.ts'
import { perOf } from '../modifiers/dates.ts'
import { chargeModel, counting, everyPeriod, jumpsAtLimit, moneyMinimum, noLevels, paidByUse, price } from './model.ts'

const size = plainQuantity({
  label: 'Package',
  help: 'number of units in a package; a package is billed in full once it is started',
  range: [1e-9, 1e12],
  expected: 'a number of units above 0',
})
const schema = z.strictObject({ ...counting, package: size, price })

/** `p · ⌈q / n⌉`: $49 for each started 100 conversations, 201 of them cost $147. */
export const packageCharge = chargeModel({
  model: 'package',
  key: 'package',
  order: 70,
  examples: [
    {
      name: 'package',
      about: 'a price for each package that is started',
      example: '{ meter: conversations, package: 100, price: $49 }',
      bills: '$24,500.00',
    },
    {
      name: 'credits',
      about: 'the charge counts credits: each meter uses up the number stated for it',
      example: '{ credits: { conversations: 50, actions: 20 }, package: 1000, price: $10, included: 3k/month }',
      bills: '$34,970.00',
    },
  ],
  words: ({ value, many }) => `${value('price')} for each started package of ${value('package')} ${many}`,
  counts: true,
  layer: 'usage',
  schema,
  refuses: { ...paidByUse, ...noLevels, overage: 'every started package has the same price' },
  check: ({ minimum }) => moneyMinimum(minimum, 'the price is for a package, not for a unit'),
  besideMoneyLimit: () => jumpsAtLimit,
  compile(charge, { applies, overage, ...tools }) {
    const own = { line: 'packages', layer: charge.layer ?? 'usage' }
    const price = tools.price(charge.price)
    const started = { kind: 'package', price, times: 1, above: 0, size: charge.package, overage, ...own } as const
    return { periods: everyPeriod(perOf({}, charge), applies, () => [started]), fixed: [], own }
  },
  lines: {
    packages: {
      explain: ({ free, quantity, size, at, off, stopped }) =>
        `${free}${formatQuantity(quantity)} packages of ${formatQuantity(size)} at ${at}${off}${stopped}`,
      unit: 'Packages',
    },
  },
})
