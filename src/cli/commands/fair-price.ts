// billcast fair-price: at which price is an offer as good as a rival?
import { pricing } from '../../options/questions.ts'
import type { FlagsOf } from '../../options/option.ts'
import { chosen } from '../flags.ts'
import { json } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { FOOT, printJson, printLines } from '../print.ts'
import { errorInUnits, inUnits, standsNow } from '../units.ts'
import { watching } from '../watched.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { fairPriceOf } from '../../questions/negotiate/fair-price.ts'
import type { NumberNotation } from '../../scenario/edit/notation.ts'
import { UsageError } from '../../errors.ts'
import { align } from '../../present/report/text.ts'

export const summary = 'the price at which an offer is as good as a rival: what to ask its vendor for'
export const group = 'decide'

const options = { ...pricing, json } as const

async function fairPriceCommand(flags: FlagsOf<typeof options>, file: string, path: string): Promise<void> {
  const { against, statistic } = flags
  if (against === undefined) throw new UsageError('--against: expected the offer to be as good as, such as --against fin')
  const { text, reader, notation: notationAt } = await loadPlan(file)
  const { value, se } = await fairPriceOf(
    text,
    path,
    {
      ...chosen(flags, pricing),
      ...watching(flags),
      against,
    },
    reader,
  )
  if (flags.json) return printJson({ value, se })
  const notation = notationAt(path)
  const now = standsNow(notation)
  const asGood = statistic === 'cheapest' ? `as often the cheapest as ${against}` : `as cheap as ${against} on average`
  printLines([
    ...align([
      ['', 'fair price', '±', 'in the plan'],
      [path, inUnits(value, notation), errorInUnits(se, notation), now],
    ]),
    '',
    `At ${inUnits(value, notation)} the offer is ${asGood}${beside(value - notation.now, notation)}.`,
    FOOT,
  ])
}

/** What that means beside what the plan says. */
function beside(gap: number, notation: NumberNotation): string {
  if (Number.isNaN(gap)) return ''
  const told = inUnits(Math.abs(gap), notation)
  return gap < 0 ? `: ask for ${told} less than the plan says` : `: it stays so up to ${told} more than the plan says`
}

export const command = defineCommand({
  arguments: { ...scenarioArgument, '<path>': 'a price, such as offers.fin.price' },
  options: options,
  run: fairPriceCommand,
})
