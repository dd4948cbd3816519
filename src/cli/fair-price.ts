// billcast fair-price: at which price is an offer as good as a rival?
import { fairPrice } from '../decisions/fair-price.ts'
import { UsageError } from '../errors.ts'
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
} from './decision.ts'
import { oneOf } from './flags.ts'
import { align } from './table.ts'

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
  const now = `${inUnits(notation.now, notation)}${notation.uncertain ? ' on average' : ''}`
  const asGood = statistic === 'cheapest' ? `as often the cheapest as ${against}` : `as cheap as ${against} on average`
  const gap = value - notation.now
  printLines([
    ...align([
      ['', 'fair price', '±', 'in the plan'],
      [path, inUnits(value, notation), errorInUnits(se, notation), now],
    ]),
    '',
    `At ${inUnits(value, notation)} the offer is ${asGood}: ${
      gap < 0
        ? `ask for ${inUnits(-gap, notation)} less than the plan says`
        : `it stays so up to ${inUnits(gap, notation)} more than the plan says`
    }.`,
    FOOT,
  ])
}
