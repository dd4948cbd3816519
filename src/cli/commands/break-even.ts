import { breakingEven } from '../../options/questions.ts'
import { align } from '../../present/report/text.ts'
import { crossingOf } from '../../questions/negotiate/break-even.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { json } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { errorInUnits, FOOT, inPlan, inUnits, printJson, printLines } from '../print.ts'
import { watching } from '../watched.ts'

export const summary = 'find the value of a field at which two offers cost the same'
export const group = 'decide'

export const command = defineCommand({
  arguments: [
    scenarioArgument,
    ['<path>', 'a field, such as resolution.rate'],
    ['<offer>', 'an offer'],
    ['<other>', 'another offer'],
  ],
  options: { ...breakingEven, json },
  async run(flags, file, path, a, b) {
    const { text, reader } = await loadPlan(file)
    const options = { ...chosen(flags, breakingEven), ...watching(flags) }
    const { field, below, above, value, se, exact } = await crossingOf(text, path, [a, b], reader, options)
    if (flags.json) return printJson({ value, se, exact })
    const { notation } = field
    const place = inUnits(value, notation)
    const equal =
      flags.statistic === 'odds'
        ? 'are each cheaper in half of the trials'
        : `cost the same ${exact ? 'in every trial' : 'on average'}`
    printLines([
      ...align([
        ['', 'break-even', '±', 'in the plan'],
        [field.path, place, exact ? 'exact' : errorInUnits(se, notation), inPlan(notation)],
      ]),
      '',
      `${a} and ${b} ${equal} when ${field.path} is ${place}. Below that, ${below} costs less. Above it, ${above} does.`,
      exact ? 'This number is exact. It does not depend on sampling.' : FOOT,
    ])
  },
})
