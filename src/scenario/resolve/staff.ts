// Resolves people: what a contact costs, or heads on the payroll, without contradictions.
import { settleMoney } from '../../contract/money.ts'
import { mapStages } from '../../contract/stages.ts'
import { type Problem, pathText } from '../../errors.ts'
import type { ResolvedHuman, ResolvedStaff, StaffPay } from '../resolved.ts'
import type { RawScenario, RawSegment } from '../schema.ts'
import type { MonthlyPay, RawStaff } from '../staff-schema.ts'
import { ownMoney } from './currencies.ts'
import { defined } from './defined.ts'

type RawHuman = Partial<NonNullable<RawScenario['human']>> | NonNullable<RawSegment['human']>
type Path = readonly PropertyKey[]

/** People as a plan or a segment states them. */
export function resolveHuman(human: RawHuman, at: Path, { currency }: RawScenario, problems: Problem[]): ResolvedHuman {
  const { cost, staff, ...rest } = human
  const path = pathText(at)
  return defined<ResolvedHuman>({
    ...(rest as Omit<ResolvedHuman, 'cost' | 'staff'>),
    cost: cost && mapStages(cost, (each) => ownMoney(each, `${path}.cost`, currency, problems)),
    staff: staff && resolveStaff(staff, `${path}.staff`, currency, problems),
  })
}

/** Pay without a period is for a month. Pay without an escalator stays as written, so that its name is that of the field. */
function resolveStaff({ pay, release, ...rest }: RawStaff, path: string, currency: string, problems: Problem[]): ResolvedStaff {
  const monthly = ({ value, per = 'month' }: MonthlyPay, at: string): StaffPay => {
    if (per === 'once')
      problems.push({ path: at, message: 'expected pay per month, quarter or year, such as $5200/month, got "once"' })
    return { value, per: per === 'once' ? 'month' : per }
  }
  const paid =
    'plain' in pay
      ? monthly(pay.plain, `${path}.pay`)
      : defined({ value: monthly(pay.value, `${path}.pay.value`), escalator: pay.escalator })
  const settled = { ...rest, pay: paid, release: release && defined(release) }
  const own = settleMoney(defined(settled), path, currency, (symbol, at) => {
    // Pay is kept with its period, one level deeper than written.
    ownMoney({ value: 0, currency: symbol }, at.replace(`${path}.pay.value`, `${path}.pay`), currency, problems)
    return currency
  })
  return own as ResolvedStaff
}

type Humans = readonly (readonly [at: Path, human: RawHuman | undefined])[]

/** Refuses two costs for the same people. */
export function checkPeople({ human, segments = {} }: RawScenario, problems: Problem[]): void {
  const all: Humans = [
    [['human'], human],
    ...Object.entries(segments).map(([name, own]) => [['segments', name, 'human'], own.human] as const),
  ]
  const say = (at: Path, key: string, message: string) => void problems.push({ path: pathText([...at, key]), message })
  for (const [at, own = {}] of all) {
    const { cost, staff, cashable, minutes } = own
    const shared = at.length > 1 && staff === undefined && cost === undefined ? human?.staff : undefined
    if (staff && cost !== undefined)
      say(at, 'cost', 'remove `cost` or `staff`: people cost either so much for each contact, or the pay of the heads')
    if ((staff ?? shared) && cashable !== undefined)
      say(at, 'cashable', 'remove `cashable`: with `staff`, freed work leaves the budget as heads leave, and would count twice')
    if (staff && minutes !== undefined) say(at, 'minutes', 'remove `minutes`: `staff.minutes` states how long a contact takes')
    if (staff?.release?.immediate === true)
      for (const key of ['most', 'notice'] as const)
        if (staff.release[key] !== undefined)
          say(
            [...at, 'staff', 'release'],
            key,
            `remove \`${key}\` or \`immediate\`: immediate releases have no limit and no notice`,
          )
  }
}
