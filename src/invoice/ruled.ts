// The lines of a rule of a program's own. It needs the usage of all its months, so that it bills them once they are counted.
import type { ChargeProgram, Price } from '../contract/compiled.ts'
import { RuleRun, ruleWords } from '../contract/rule.ts'
import type { BillEntry } from './bill.ts'
import type { Worked } from './meters.ts'
import { priced } from './priced.ts'
import type { ContractUsage } from './usage.ts'

interface Counted {
  readonly prices: readonly Price[]
  readonly usage: ContractUsage
  readonly worked: readonly Worked[]
}

export function ruledEntries({ rule }: ChargeProgram, charge: number, { prices, usage, worked }: Counted): BillEntry[] {
  if (!rule || rule.end <= rule.start) return []
  const { start, end, meters, line, role, layer } = rule
  const months = Array.from({ length: end - start }, (_, k) => start + k)
  const run = new RuleRun(rule)
  const units = meters.map((quantity) => months.map((m) => usage.meters(quantity, m, worked[m])))
  run.usage.forEach((column, k) => column.set(units[k]))
  return Array.from(run.billTwice()).flatMap((amount, k): BillEntry[] => {
    const month = start + k
    const { price, quantity, ...money } = priced(prices[rule.price], month, amount)
    // A rule whose units have no price bills money.
    const isMoney = prices[rule.price].values.every((value) => value === 1)
    const own = isMoney ? { quantity: 0, ...money } : { quantity, price, ...money }
    const words = ruleWords(
      rule,
      units.map((column) => column[k]),
      rule.months[k],
    )
    return amount === 0 ? [] : [{ month, charge, line, layer, overage: false, words, ...(role && { role }), ...own }]
  })
}
