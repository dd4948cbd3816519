// billcast break-even: where do two offers cost the same?
import { breakingEven } from '../../options/questions.ts'
import type { FlagsOf } from '../../options/option.ts'
import { chosen } from '../flags.ts'
import { json } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { FOOT, printJson, printLines } from '../print.ts'
import { errorInUnits, inUnits, standsNow } from '../units.ts'
import { watching } from '../watched.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { crossingOf } from '../../questions/negotiate/break-even.ts'
import { align } from '../../present/report/text.ts'

export const summary = 'the number in a field at which two offers cost the same'
export const group = 'decide'

const options = { ...breakingEven, json } as const

async function breakEvenCommand(flags: FlagsOf<typeof options>, file: string, path: string, a: string, b: string): Promise<void> {
  const { text, reader } = await loadPlan(file)
  const { field, below, above, value, se, exact } = await crossingOf(text, path, [a, b], reader, {
    ...chosen(flags, breakingEven),
    ...watching(flags),
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

export const command = defineCommand({
  arguments: {
    ...scenarioArgument,
    '<path>': 'a field, such as resolution.rate',
    '<offer>': 'an offer',
    '<other>': 'another offer',
  },
  options: options,
  run: breakEvenCommand,
})
