import { UsageError } from '../../errors.ts'
import { pricing } from '../../options/questions.ts'
import { fairPriceLines, rootsTable } from '../../present/report/roots.ts'
import { fairPriceOf } from '../../questions/negotiate/fair-price.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { json, se } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { foot, printJson, printLines } from '../print.ts'
import { watching } from '../watched.ts'

export const summary = 'find the price at which an offer is as good as a rival'
export const group = 'decide'

export const command = defineCommand({
  arguments: [scenarioArgument, ['<path>', 'a price, such as offers.fin.price']],
  options: { ...pricing, json, se },
  async run(flags, file, path) {
    const { against, statistic } = flags
    if (against === undefined) throw new UsageError('--against: expected the rival offer, such as --against fin')
    const { text, reader, currency, notation: notationAt } = await loadPlan(file)
    const options = { ...chosen(flags, pricing), ...watching(flags, 'Searching'), against }
    const found = await fairPriceOf(text, path, options, reader)
    if (flags.json) return printJson(found)
    const notation = notationAt(path)
    const own = /^offers\.([^.[]+)/.exec(path)?.[1] ?? path
    const crossed = { ...found, offers: [own, against] as const, nearest: found.roots[0], notation, currency }
    printLines(
      [
        rootsTable({ ...found, path, notation, title: 'fair price' }),
        '',
        ...fairPriceLines(crossed, statistic === 'cheapest'),
        foot(flags),
      ],
      flags,
    )
  },
})
