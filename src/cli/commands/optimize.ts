import { UsageError } from '../../errors.ts'
import { formatMoney } from '../../notation/money.ts'
import { boundsIn, repeated } from '../../options/kinds.ts'
import { flagOnly } from '../../options/option.ts'
import { comparing, optimizing } from '../../options/questions.ts'
import { inUnits } from '../../present/report/roots.ts'
import { type Block, type Cell, figureCell, textTable } from '../../present/report/text-table.ts'
import { amountWords, shareWords } from '../../present/report/text.ts'
import { type Optimum, optimumOf, type TriedPoint } from '../../questions/negotiate/optimize.ts'
import { assignmentsOf } from '../assignments.ts'
import { chartFlag, chartsAsked } from '../chart.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { json, replace, se, words } from '../options.ts'
import { type LoadedPlan, loadPlan } from '../plan.ts'
import { type ErrorsFlag, foot, printJson, printLines } from '../print.ts'
import { watching } from '../watched.ts'

export const summary = 'find the commitment, limit or tier at which an offer costs least'
export const group = 'decide'
const SHOWN = 12
const VARIED = 'a field and its bounds, such as offers.zendesk.commitment=20k:45k'

export const command = defineCommand({
  arguments: [scenarioArgument],
  options: {
    ...comparing,
    vary: flagOnly(repeated('<path=lo:hi>', VARIED), 'a field and its bounds (may be given twice)'),
    offer: flagOnly(words('<name>'), 'the offer to optimize (default: the offer that the field belongs to)'),
    minimize: optimizing.minimize,
    require: flagOnly(
      repeated('<condition>', 'a condition such as "P80 at most $500k"'),
      'condition to meet: "P80 at most $500k" or "P(cheapest) at least 60%" (may be repeated)',
    ),
    chart: chartFlag('optimize'),
    force: replace,
    json,
    se,
  },
  async run(flags, file) {
    const draw = chartsAsked('optimize', flags)
    const { vary = [], minimize, require } = flags
    const loaded = await loadPlan(file)
    const stated = assignmentsOf('vary', vary, VARIED)
    const found = await optimumOf(
      loaded.text,
      {
        ...chosen(flags, comparing),
        ...watching(flags, 'Searching'),
        offer: flags.offer ?? offerIn(Object.keys(stated)),
        vary: Object.fromEntries(Object.entries(stated).map(([path, text]) => [path, boundsIn(text, `--vary ${path}`)])),
        ...(minimize !== undefined && { minimize }),
        ...(require !== undefined && { require }),
      },
      loaded.reader,
    )
    await draw((charts) => ({ commitment: () => charts.commitment(found, loaded.currency) }))
    if (flags.json) return printJson(found)
    printLines(linesOf(found, loaded, flags), flags)
  },
})

/** The only offer that the paths belong to. */
function offerIn(paths: readonly string[]): string {
  const [only, ...others] = new Set(paths.map((path) => /^offers\.([^.[]+)/.exec(path)?.[1]))
  if (only !== undefined && others.length === 0) return only
  throw new UsageError('--offer: expected the offer to optimize, such as --offer zendesk')
}

function linesOf(found: Optimum, { currency, notation }: LoadedPlan, flags: ErrorsFlag): Block[] {
  const { se: errors = false } = flags
  const money = (value: number) => formatMoney(value, currency)
  const paths = Object.keys(found.best)
  const { minimize, require } = found
  const also = (['mean', 'p90'] as const).filter((statistic) => statistic !== minimize)
  const row = (mark: string, point: TriedPoint): Cell[] => [
    mark,
    ...paths.map((path) => inUnits(point.values[path], notation(path))),
    figureCell(point.cost, money),
    ...also.map((statistic) => figureCell(point[statistic], money)),
    ...(require.length > 0 ? [point.feasible ? 'yes' : 'no'] : []),
  ]
  const best = found.curve.find((point) => paths.every((path) => point.values[path] === found.best[path].value))
  const name = title(minimize)
  const places = paths.map((path) => {
    const { value, low, high } = found.best[path]
    const units = notation(path)
    return `${path} at ${inUnits(value, units)} (it may be between ${inUnits(low, units)} and ${inUnits(high, units)})`
  })
  return [
    textTable([
      ['', ...paths, name, ...also.map(title), ...(require.length > 0 ? ['meets'] : [])],
      ...(best ? [row('best', best)] : []),
      ...overRange(found, paths).map((point) => row('', point)),
    ]),
    '',
    `${found.offer} has the lowest ${name}, ${amountWords(found.cost, currency, errors)}, with ${places.join(' and ')}.`,
    ...require.map(({ condition, figure }) => {
      const actual = /cheapest/i.test(condition) ? shareWords(figure, errors) : amountWords(figure, currency, errors)
      return `Condition: ${condition}. The figure there is ${actual}.`
    }),
    '',
    'Other efficient choices, with a lower mean or a lower P90:',
    textTable([
      ['', ...paths, 'mean', 'P90'],
      ...found.frontier
        .slice(0, SHOWN)
        .map(({ values, mean, p90 }) => [
          '',
          ...paths.map((path) => inUnits(values[path], notation(path))),
          figureCell(mean, money),
          figureCell(p90, money),
        ]),
    ]),
    '',
    foot(flags),
  ]
}

const title = (statistic: string): string =>
  statistic.replace(/^p(\d)/, 'P$1').replace(/^expectedShortfall/, 'expected shortfall at P')

/** Tried points at even distances over the whole range. Near its best, the search tries many more. */
function overRange({ curve }: Optimum, [path]: readonly string[]): readonly TriedPoint[] {
  const values = curve.map((point) => point.values[path])
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const chosen = Array.from({ length: SHOWN + 1 }, (_, k) => {
    const wanted = low + ((high - low) * k) / SHOWN
    const distance = (point: TriedPoint) => Math.abs(point.values[path] - wanted)
    return curve.reduce((best, point) => (distance(point) < distance(best) ? point : best))
  })
  return [...new Set(chosen)]
}
