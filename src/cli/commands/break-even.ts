// billcast break-even: where do two offers cost the same?
import { crossingOf } from '../../questions/negotiate/break-even.ts'
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

export interface BreakEvenFlags extends DecisionFlags {
  readonly statistic?: string
  readonly bounds?: string
}

export async function breakEvenCommand(file: string, path: string, a: string, b: string, flags: BreakEvenFlags): Promise<void> {
  const { text, reader } = await loadForDecision(file)
  const { field, below, above, value, se, exact } = await crossingOf(text, path, [a, b], reader, {
    ...decisionOptions(flags),
    ...(flags.statistic !== undefined && { statistic: oneOf('statistic', flags.statistic, ['mean', 'odds']) }),
    ...(flags.bounds !== undefined && { bounds: boundsOf('--bounds', flags.bounds) }),
  })
  if (flags.json) return printJson({ value, se, exact })
  const { notation } = field
  const now = standsNow(notation)
  const equal = flags.statistic === 'odds' ? 'are each the cheaper in half of the futures' : 'cost the same on average'
  printLines([
    ...align([
      ['', 'break-even', '±', 'in the plan'],
      [field.path, inUnits(value, notation), exact ? 'exact' : errorInUnits(se, notation), now],
    ]),
    '',
    `${a} and ${b} ${equal} where ${field.path} is ${inUnits(value, notation)}${exact ? ', in every future alike' : ''}. Below, ${below} costs less; above, ${above} does.`,
    exact ? 'No sampling is in this number.' : FOOT,
  ])
}
