// The drivers of a scenario without uncertainty: one number each per month.
import type { Value } from '../contract/operation.ts'
import { exp, expm1, log1p, pow } from '../numerics/kernel/math.ts'
import type { OfferProgram, Program, RateProgram } from '../compile/program.ts'

/** For each month: all conversations, those the AI takes part in, and the share that it resolves. */
export interface MonthlyDrivers {
  readonly tickets: readonly number[]
  readonly involved: readonly number[]
  readonly rate: readonly number[]
}

/** A value of a program without uncertain inputs. */
export function plainValue(value: Value): number {
  if (typeof value !== 'number') throw new Error('an invoice needs values without uncertainty')
  return value
}

/** The scenario's drivers, with those in `stated` in place of its own. */
export function driversOf(
  { months, volume, rates, sharedRate, actuals }: Program,
  offer: OfferProgram,
  stated: { readonly conversations?: readonly number[]; readonly rate?: readonly number[] } = {},
): MonthlyDrivers {
  const each = <T>(of: (m: number) => T): T[] => Array.from({ length: months }, (_, m) => of(m))
  const base = volume.base === undefined ? 1 : plainValue(volume.base)
  const tickets = each((m) => stated.conversations?.[m] ?? actuals?.volumes[m] ?? base * volume.levels[m])
  const program = offer.rate === undefined ? undefined : rates[offer.rate]
  const involved = each((m) => tickets[m] * plainValue(volume.involvement[m]))
  // Closed months keep their actual rate, unless the caller states the usage.
  const resolved = sharedRate && offer.rate === 0 && stated.conversations === undefined ? actuals?.resolved : undefined
  const known = (m: number) =>
    resolved?.[m] === undefined || involved[m] === 0 ? undefined : Math.min(1, resolved[m] / involved[m])
  return { tickets, involved, rate: each((m) => stated.rate?.[m] ?? known(m) ?? (program ? rateAt(program, m) : 0)) }
}

function rateAt({ rate, ceiling: stated, offset, improvement, approach }: RateProgram, m: number): number {
  const ceiling = plainValue(stated)
  const start = Math.min(plainValue(rate), ceiling)
  const shift = offset === undefined ? 0 : plainValue(offset)
  return Math.min(1, Math.max(0, trend() + shift))

  function trend(): number {
    if (!improvement) return start
    const { kind, per, value } = improvement
    const stepped = plainValue(value)
    const step = per === 'month' ? stepped : kind === 'points' ? stepped / 12 : expm1(log1p(stepped) / 12)
    if (approach === 'saturating') {
      const gap = ceiling - start
      return gap > 0 ? ceiling - gap * exp((-(kind === 'points' ? step : step * start) * m) / gap) : ceiling
    }
    return Math.min(ceiling, kind === 'points' ? start + step * m : start * pow(1 + step, m))
  }
}
