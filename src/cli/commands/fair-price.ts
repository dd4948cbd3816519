import { UsageError } from '../../errors.ts'
import { pricing } from '../../options/questions.ts'
import { fairPriceOf } from '../../questions/negotiate/fair-price.ts'
import type { NumberNotation } from '../../scenario/edit/notation.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { json } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { FOOT, inUnits, printJson, printLines } from '../print.ts'
import { meeting, otherwise, rootsTable } from '../roots.ts'
import { watching } from '../watched.ts'

export const summary = 'find the price at which an offer is as good as a rival'
export const group = 'decide'

export const command = defineCommand({
  arguments: [scenarioArgument, ['<path>', 'a price, such as offers.fin.price']],
  options: { ...pricing, json },
  async run(flags, file, path) {
    const { against, statistic } = flags
    if (against === undefined) throw new UsageError('--against: expected the rival offer, such as --against fin')
    const { text, reader, currency, notation: notationAt } = await loadPlan(file)
    const options = { ...chosen(flags, pricing), ...watching(flags), against }
    const found = await fairPriceOf(text, path, options, reader)
    if (flags.json) return printJson(found)
    const notation = notationAt(path)
    const { value } = found
    const price = inUnits(value, notation)
    const asGood = statistic === 'cheapest' ? `cheapest as often as ${against}` : `as cheap as ${against} on average`
    const own = /^offers\.([^.[]+)/.exec(path)?.[1] ?? path
    const meetings = found.roots.map((root) => meeting(root, [own, against], notation, currency))
    const crossing = `At ${price} the offer is ${asGood}.${advice(value - notation.now, notation)}`
    printLines([
      ...rootsTable({ ...found, path, notation, title: 'fair price' }),
      '',
      ...(meetings[0] === undefined ? [crossing] : []),
      ...meetings.flatMap((line) => line ?? []),
      otherwise(found, notation),
      FOOT,
    ])
  },
})

function advice(gap: number, notation: NumberNotation): string {
  if (Number.isNaN(gap)) return ''
  const amount = inUnits(Math.abs(gap), notation)
  return gap < 0 ? ` Ask for ${amount} less than in the plan.` : ` You could pay up to ${amount} more than in the plan.`
}
