// Usage that the caller of an invoice states in place of the plan's: for the whole plan, or for some of its segments.
import type { Program } from '../compile/program.ts'
import { hasSegments } from '../compile/program.ts'
import { membersOf } from '../contract/segments.ts'
import { shown, UsageError } from '../errors.ts'
import { isFields } from '../notation/fields.ts'
import { parseScalar } from '../notation/scalar.ts'
import type { InvoiceUsage } from '../options/billing.ts'
import { wantedSegment } from '../scenario/resolve/segment-names.ts'
import { expectedVolumes, type StatedDrivers } from './drivers.ts'

const USAGE = {
  conversations: { kind: 'amount', most: 1e12, expected: 'a number of 0 or more, such as 50k' },
  rate: { kind: 'rate', most: 1, expected: 'a share from 0% to 100%, such as 65%' },
} as const
type What = keyof typeof USAGE

interface StatedUsage {
  readonly drivers: StatedDrivers
  /** How billcast split what the caller states. */
  readonly notes: readonly string[]
}

/** @throws UsageError for a number out of range, a wrong count of months, or an unknown segment */
export function statedUsage(program: Program, { conversations, rate }: InvoiceUsage): StatedUsage {
  const volumes = partsOf('conversations', conversations, program)
  const rates = partsOf('rate', rate, program)
  const split = volumes.filter(({ members }) => members.length > 1)
  return {
    drivers: {
      ...(volumes.length > 0 && { conversations: bySegment(program, volumes, expectedVolumes(program)) }),
      ...(rates.length > 0 && { rate: bySegment(program, rates) }),
    },
    notes: split.map(({ name, members }) => {
      const names = members.map((s) => program.segments[s].name).join(', ')
      return `conversations: the number ${name === undefined ? '' : `of ${name} `}is split between ${names} in proportion to what the plan expects of each. To state one, write conversations ${program.segments[members[0]].name}=30k`
    }),
  }
}

/** Numbers by month, and the segments that they are for. */
interface Part {
  /** Absent for the whole plan. */
  readonly name?: string
  readonly members: readonly number[]
  readonly values: readonly number[]
}

function partsOf(what: What, stated: InvoiceUsage[What], program: Program): Part[] {
  if (stated === undefined) return []
  if (!isFields(stated)) return [{ members: [...program.segments.keys()], values: perMonth(what, stated, program.months) }]
  const names = hasSegments(program) ? program.segments.map(({ name }) => name) : []
  const parts = Object.entries(stated).map(([name, value]): Part => {
    const members = membersOf(name, names)
    if (members.length === 0) throw new UsageError(`${what}: expected ${wantedSegment(name, names)}`)
    return { name, members, values: perMonth(what, value, program.months) }
  })
  if (parts.length === 0) throw new UsageError(`${what}: expected a number, or one for a segment such as chat=30k, got {}`)
  const twice = names.find((_, s) => parts.filter(({ members }) => members.includes(s)).length > 1)
  if (twice !== undefined) throw new UsageError(`${what}: expected each segment once, got ${shown(twice)} twice`)
  return parts
}

/** @param weights split a number between segments; without them, each segment has the number itself */
function bySegment(
  { segments }: Program,
  parts: readonly Part[],
  weights?: readonly (readonly number[])[],
): (readonly number[] | undefined)[] {
  return segments.map((_, s) => {
    const part = parts.find(({ members }) => members.includes(s))
    if (part === undefined || weights === undefined || part.members.length === 1) return part?.values
    return part.values.map((value, m) => {
      const all = part.members.reduce((sum, member) => sum + weights[member][m], 0)
      return all === 0 ? value / part.members.length : (value * weights[s][m]) / all
    })
  })
}

function perMonth(what: What, stated: unknown, months: number): readonly number[] {
  const values: readonly unknown[] = Array.isArray(stated) ? stated : new Array<unknown>(months).fill(stated)
  if (values.length !== months) throw new UsageError(`${what}: expected one value for each month (${months}), got ${values.length}`)
  const { kind, most, expected } = USAGE[what]
  return values.map((value) => {
    const number = numberIn(what, value, kind)
    if (!(number >= 0 && number <= most)) throw new UsageError(`${what}: expected ${expected}, got ${value}`)
    return number
  })
}

function numberIn(what: What, value: unknown, kind: 'amount' | 'rate'): number {
  try {
    return parseScalar(value, kind).value
  } catch (error) {
    throw new UsageError(`${what}${error instanceof Error ? error.message : ''}`)
  }
}
