import { fitting } from '../../options/fit.ts'
import { flagOnly } from '../../options/option.ts'
import { shortNumber } from '../../present/charts/theme.ts'
import type { Block, TextTable } from '../../present/report/text-table.ts'
import { type Fit, type FittedDistribution, fitOf } from '../../questions/fit/fit.ts'
import { strayWords } from '../../questions/fit/shares.ts'
import { formatNumber } from '../../notation/number.ts'
import { answerInto } from '../answer.ts'
import { chartFlag, chartsAsked } from '../chart.ts'
import { chosen, defineCommand } from '../command.ts'
import { loadHistory } from '../load.ts'
import { force, json, waitLock, words } from '../options.ts'
import { printJson, printLines } from '../print.ts'
import { interruptible } from '../watched.ts'

export const summary = 'find the distribution that describes a column of values best (CSV)'
export const group = 'learn'

export const command = defineCommand({
  arguments: [['<values>', 'a CSV file with a column of numbers']],
  options: {
    ...fitting,
    out: flagOnly(words('<folder>'), 'write fit.json and the charts'),
    chart: chartFlag('fit', ':gamma'),
    force,
    waitLock,
    json,
  },
  async run(flags, file) {
    const draw = chartsAsked('fit', flags)
    const { text: values, name } = await loadHistory(file)
    const fit = () => fitOf(values, { ...chosen(flags, fitting), name })
    // A fit takes a moment: only files that it was writing must not stay behind.
    const signal = flags.out === undefined ? undefined : interruptible()
    const found = await answerInto(flags, fit, { kind: 'fit', signal, answer: (own) => own })
    await draw((charts) => ({
      histogram: () => charts.histogram(found),
      quantiles: (distribution) => charts.quantiles(found, distribution),
    }))
    if (flags.json) return printJson(found)
    printLines(linesOf(found))
  },
})

/** Five digits, which is more than any fit determines. */
const short = (value: number): string => shortNumber(value, 5)

function linesOf(found: Fit): Block[] {
  const { name, column, count, min, max, mean, sd, unit, distributions, others, notes, words: finding } = found
  const own = column === undefined ? name : `${name}, ${column}`
  return [
    `${own}: ${formatNumber(count)} values from ${short(min)} to ${short(max)}, mean ${short(mean)}, standard deviation ${short(sd)}`,
    ...notes.map((note) => `  ${note}`),
    ...(unit !== undefined ? [`  values repeat in units of ${short(unit)}: each counts as all values that round to it`] : []),
    '',
    ...(distributions.length > 0 ? [fitsTable(distributions), ''] : []),
    finding,
    ...(distributions.length > 0 ? ['', 'Paste into a plan:', `  ${pasted(found.notation)}`, ''] : []),
    ...(distributions.length > 0
      ? [
          'AIC and BIC weigh the likelihood against the number of parameters. Less is better, and a difference below 2 means little. A² is the distance of Anderson and Darling, which is large if the tails differ. Its size does not compare between distributions.',
          '',
          'Not fitted:',
          ...others.map(({ distribution, reason }) => `  ${distribution}: ${reason}`),
        ]
      : []),
  ]
}

function fitsTable(distributions: readonly FittedDistribution[]): TextTable {
  const least = { aic: Math.min(...distributions.map(({ aic }) => aic)), bic: distributions[0].bic }
  const above = (value: number) => (value === 0 ? 'best' : `+${value.toFixed(1)}`)
  return {
    head: ['', 'BIC', 'AIC', 'A²', 'mean', 'parameters, ± standard error'],
    left: [0, 5],
    rows: distributions.map((one) => [
      one.distribution,
      above(one.bic - least.bic),
      above(one.aic - least.aic),
      one.andersonDarling === null ? '–' : one.andersonDarling.toFixed(2),
      short(one.mean),
      parametersOf(one),
    ]),
  }
}

const parametersOf = (one: FittedDistribution): string =>
  one.stray ? `${numbersOf(one)} (${strayWords(one.stray)})` : numbersOf(one)

function numbersOf({ spec, errors, notation }: FittedDistribution): string {
  const numbers = Object.entries(spec).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  if (numbers.length === 0)
    return notation.replace(/-?\d+\.?\d*(?:e[+-]?\d+)?/g, (digits) => String(Number(Number(digits).toPrecision(4))))
  return numbers
    .map(([name, value]) => `${name} ${short(value)}${errors ? ` ± ${short(Number(errors[name].toPrecision(2)))}` : ''}`)
    .join(', ')
}

/** YAML needs quotes around a text with a comma inside of { }. Percentiles are an object already. */
const pasted = (notation: string): string => (notation.includes('(') ? `"${notation}"` : notation)
