// escalator: raises every amount of a charge at each anniversary of the scenario's start.
import { ParameterError } from '../../errors.ts'
import { pow } from '../../numerics/kernel/math.ts'
import { splitPer } from '../../notation/per.ts'
import { parseScalar } from '../../notation/scalar.ts'
import { notation } from '../fields.ts'

export const escalator = notation((raw) => {
  const { rest, per = 'year' } = splitPer(raw)
  if (per !== 'year') throw new ParameterError('', 'a share a year such as 7%/year', raw)
  const { value } = parseScalar(rest, 'change')
  if (!(value > -1 && value <= 10)) throw new ParameterError('', 'a share a year between -100% and 1000%', raw)
  return value
}, 'what prices rise by at each anniversary, such as 7%/year')

/** (1 + e)^k from the k-th anniversary on. */
export const escalation = (rate: number, m: number): number => pow(1 + rate, Math.floor(m / 12))
