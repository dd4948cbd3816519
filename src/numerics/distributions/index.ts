// The list of distributions: notation, checks and documentation are made from it. The build finds the records in the files here.
import { ParameterError } from '../../errors.ts'
import { constant } from './constant.ts'
import type { Distribution, DistributionSpec, Uncertain } from './distribution.ts'
import { records } from './index.generated.ts'
import type { DistributionRecord } from './record.ts'

export type { Distribution, DistributionSpec, Uncertain } from './distribution.ts'
export type { DistributionRecord, ParameterKind } from './record.ts'

/** By the names that people write, the common ones first. */
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

function component(value: unknown, parameter: string): Distribution {
  if (typeof value !== 'number' && !isSpec(value)) throw new ParameterError(parameter, 'a number or a distribution', value)
  return distributionOf(value)
}

/**
 * The distribution of an uncertain value; a number has all of its mass in one place.
 * @throws ParameterError naming the parameter that is outside its range
 */
export function distributionOf(value: Uncertain): Distribution {
  if (typeof value === 'number') return constant(value)
  const record = distributions.get(value.distribution)
  if (!record) throw new ParameterError('distribution', `one of ${[...distributions.keys()].join(', ')}`, value.distribution)
  return record.read(value, component)
}
