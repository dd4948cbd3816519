// discount: off a charge's amount, after tiers and before its minimum and maximum.
import { ParameterError } from '../../errors.ts'
import { parseScalar } from '../../notation/scalar.ts'
import { notation } from '../fields.ts'

export const discount = notation((raw) => {
  const { value } = parseScalar(raw, 'rate')
  if (!(value >= 0 && value < 1)) throw new ParameterError('', 'a share from 0% to less than 100%', raw)
  return value
}, 'share off the amount of the charge, such as 10%')
