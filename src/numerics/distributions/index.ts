// The list of distributions. The build finds the records in the files of this folder.
import { ParameterError } from '../../errors.ts'
import { constant, type Distribution, type DistributionRecord, type DistributionSpec, type Uncertain } from './distribution.ts'
import { records } from './index.generated.ts'

export type { Distribution, DistributionRecord, DistributionSpec, ParameterKind, Uncertain } from './distribution.ts'

/** Distributions by the names that people write, the common ones first. */
export const distributions: ReadonlyMap<string, DistributionRecord> = new Map(
  Object.values<DistributionRecord>(records)
    .sort((a, b) => a.order - b.order)
    .map((record) => [record.name, record]),
)

/** Whether a value of a resolved scenario is a distribution as plain data. */
export const isSpec = (value: unknown): value is DistributionSpec =>
  typeof value === 'object' &&
  value !== null &&
  Object.hasOwn(value, 'distribution') &&
  'distribution' in value &&
  typeof value.distribution === 'string'

/**
 * The distribution of an uncertain value. A number has all of its mass in one place.
 * @throws ParameterError that names the parameter outside its range
 */
export function distributionOf(value: Uncertain): Distribution {
  if (typeof value === 'number') return constant(value)
  const record = distributions.get(value.distribution)
  if (!record) throw new ParameterError('distribution', `one of ${[...distributions.keys()].join(', ')}`, value.distribution)
  return record.read(value, (component, parameter) => {
    if (typeof component === 'number' || isSpec(component)) return distributionOf(component)
    throw new ParameterError(parameter, 'a number or a distribution', component)
  })
}
