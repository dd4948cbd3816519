// billcast fair-price: at which price is an offer as good as a rival?
import { fairPrice } from '../../questions/negotiate/fair-price.ts'
import type { NumberNotation } from '../../scenario/edit/notation.ts'
import { UsageError } from '../../errors.ts'
import { align } from '../../present/report/text.ts'
import {
  boundsOf,
  type DecisionFlags,
  decisionOptions,
  errorInUnits,
  FOOT,
  inUnits,
  loadForDecision,
  printJson,
  printLines,
  standsNow,
} from '../decision.ts'
import { oneOf } from '../flags.ts'

export interface FairPriceFlags extends DecisionFlags {
  readonly against?: string
  readonly statistic?: string
  readonly bounds?: string
}

export async function fairPriceCommand(file: string, path: string, flags: FairPriceFlags): Promise<void> {
  const { against, statistic, bounds, json } = flags
  if (against === undefined) throw new UsageError('--against: expected the offer to be as good as, such as --against fin')
  const { text, reader, notation: notationAt } = await loadForDecision(file)
  const { value, se } = await fairPrice(
    text,
    path,
    {
      ...decisionOptions(flags),
      against,
      ...(statistic !== undefined && { statistic: oneOf('statistic', statistic, ['mean', 'cheapest']) }),
      ...(bounds !== undefined && { bounds: boundsOf('--bounds', bounds) }),
    },
    reader,
  )
  if (json) return printJson({ value, se })
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
