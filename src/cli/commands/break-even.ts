import { breakingEven } from '../../options/questions.ts'
import { breakEvenLines, rootsTable } from '../../present/report/roots.ts'
import { crossingOf } from '../../questions/negotiate/break-even.ts'
import type { Root } from '../../questions/negotiate/search.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { json, se } from '../options.ts'
import { loadPlan } from '../plan.ts'
import { foot, printJson, printLines } from '../print.ts'
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
  options: { ...breakingEven, json, se },
  async run(flags, file, path, a, b) {
    const { text, reader, currency } = await loadPlan(file)
    const options = { ...chosen(flags, breakingEven), ...watching(flags, 'Searching') }
    const { field, nearest, ...found } = await crossingOf(text, path, [a, b], reader, options)
    if (flags.json) return printJson(found)
    const { notation } = field
    const crossed = { ...found, path: field.path, offers: [a, b] as const, nearest, notation, currency }
    printLines(
      [
        rootsTable({ ...crossed, title: 'break-even' }),
        '',
        ...breakEvenLines(crossed, flags.statistic === 'odds'),
        ...(found.roots.every(({ exact }) => exact) ? [exactness(found.roots)] : [foot(flags)]),
      ],
      flags,
    )
  },
})

const exactness = (roots: readonly Root[]): string =>
  roots.length > 1
    ? 'These numbers are exact. They do not depend on sampling.'
    : 'This number is exact. It does not depend on sampling.'
