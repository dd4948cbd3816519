// escalator: raises every amount of a charge at each anniversary of the scenario's start.
import { pow } from '../../numerics/kernel/math.ts'
import { yearly } from '../fields.ts'

export const escalator = yearly('change', 'a share a year such as 7%/year', {
  label: 'Escalator',
  help: 'what prices, fees, minimum and maximum rise by at each anniversary of the start, such as 7%/year',
  range: [-1, 10],
  excludes: [-1],
  expected: 'a share a year between -100% and 1000%, such as 7%/year',
})

/** (1 + e)^k from the k-th anniversary on. */
export const escalation = (rate: number, m: number): number => pow(1 + rate, Math.floor(m / 12))
