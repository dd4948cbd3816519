// So many units at a time.
import { z } from 'zod'
import { plainNumber } from '../fields.ts'
import { perOf } from '../modifiers/period.ts'
import type { Bound } from '../operation.ts'
import {
  type ChargeModel,
  type ChargeParts,
  type ChargeTools,
  counting,
  everyPeriod,
  layerOr,
  type Misfit,
  noLevels,
  paidByUse,
  price,
} from './model.ts'

const schema = z.strictObject({ ...counting, package: plainNumber(1e-9, 1e12, 'a number of units above 0'), price })

export type PackageCharge = z.infer<typeof schema> & { readonly model: 'package' }

/** `p · ⌈q / n⌉`: $49 for each started 100 conversations, 201 of them cost $147. */
export const packages = {
  key: 'package',
  schema,
  refuses: { ...paidByUse, ...noLevels, overage: 'every started package has the same price' },
  check: ({ minimum }: PackageCharge): Misfit[] =>
    minimum && 'quantity' in minimum
      ? [{ path: ['minimum'], message: 'expected money such as $30k/year: the price is for a package, not for a unit' }]
      : [],
  compile: (charge: Bound<PackageCharge>, { applies, overage, ...tools }: ChargeTools): ChargeParts => {
    const own = { line: 'packages', layer: layerOr(charge.layer, 'usage') }
    const price = tools.price(charge.price)
    const started = { kind: 'package', price, times: 1, above: 0, size: charge.package, overage, ...own } as const
    return { periods: everyPeriod(perOf({}, charge), applies, () => [started]), fixed: [], own }
  },
} satisfies ChargeModel
