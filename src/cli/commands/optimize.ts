// billcast optimize: which committed quantity, limit or tier makes an offer cost least?
import { boundsIn, repeated } from '../../options/kinds.ts'
import { type FlagsOf, flagOnly } from '../../options/option.ts'
import { comparing, optimizing } from '../../options/questions.ts'
import { assignmentsOf } from '../assignments.ts'
import { chosen } from '../flags.ts'
import { json, words as named } from '../options.ts'
import { type LoadedPlan, loadPlan } from '../plan.ts'
import { FOOT, printJson, printLines } from '../print.ts'
import { inUnits } from '../units.ts'
import { watching } from '../watched.ts'
import { defineCommand, scenarioArgument } from '../command.ts'
import { type Optimum, optimumOf, type TriedPoint } from '../../questions/negotiate/optimize.ts'
import { UsageError } from '../../errors.ts'
import { formatMoney, formatShare } from '../../notation/money.ts'
import { align, withError } from '../../present/report/text.ts'

export const summary = 'the committed quantity, limit or tier that makes an offer cost least'
export const group = 'decide'

const SHOWN = 12

const options = {
  ...comparing,
  vary: flagOnly(
    repeated('<path=lo:hi>', 'a field and its bounds such as offers.zendesk.commitment=20k:45k'),
    'a field and its bounds; once or twice',
  ),
  offer: flagOnly(named('<name>'), 'whose cost is to be least (by default that of the field)'),
  minimize: optimizing.minimize,
  require: flagOnly(
    repeated('<condition>', 'a condition such as "P80 at most $500k"'),
    '"P80 at most $500k" or "P(cheapest) at least 60%"; may be repeated',
  ),
  json,
} as const

async function optimizeCommand(flags: FlagsOf<typeof options>, file: string): Promise<void> {
  const { vary = [], minimize, require } = flags
  const loaded = await loadPlan(file)
  const stated = assignmentsOf('vary', vary, 'a field and its bounds such as offers.zendesk.commitment=20k:45k')
  const bounds = Object.fromEntries(Object.entries(stated).map(([path, text]) => [path, boundsIn(text, `--vary ${path}`)]))
  const found = await optimumOf(
    loaded.text,
    {
      ...chosen(flags, comparing),
      ...watching(flags),
      offer: flags.offer ?? offerIn(Object.keys(stated)),
      vary: bounds,
      ...(minimize !== undefined && { minimize }),
      ...(require !== undefined && { require }),
    },
    loaded.reader,
  )
  if (flags.json) return printJson(found)
  printLines(words(found, loaded))
}

/** The offer whose numbers are varied, where it is one. */
function offerIn(paths: readonly string[]): string {
  const offers = [...new Set(paths.map((path) => /^offers\.([^.[]+)/.exec(path)?.[1]))]
  const [only] = offers
  if (offers.length === 1 && only !== undefined) return only
  throw new UsageError('--offer: expected the offer whose cost is to be least, such as --offer zendesk')
}

function words(found: Optimum, { currency, notation }: LoadedPlan): string[] {
  const paths = Object.keys(found.best)
  const row = (mark: string, point: TriedPoint): string[] => [
    mark,
    ...paths.map((path) => inUnits(point.values[path], notation(path))),
    withError(point.cost, currency),
    ...(found.minimize === 'mean' ? [] : [withError(point.mean, currency)]),
    ...(found.minimize === 'p90' ? [] : [withError(point.p90, currency)]),
    ...(found.require.length > 0 ? [point.feasible ? 'yes' : 'no'] : []),
  ]
  const isBest = (point: TriedPoint) => paths.every((path) => point.values[path] === found.best[path].value)
  const best = found.curve.find(isBest)
  const name = title(found.minimize)
  return [
    ...align([
      [
        '',
        ...paths,
        name,
        ...(found.minimize === 'mean' ? [] : ['mean']),
        ...(found.minimize === 'p90' ? [] : ['P90']),
        ...(found.require.length > 0 ? ['meets'] : []),
      ],
      ...(best ? [row('best', best)] : []),
      ...spread(found, paths).map((point) => row('', point)),
    ]),
    '',
    `${found.offer} has the least ${name}, ${withError(found.cost, currency)}, with ${paths
      .map((path) => {
        const { value, low, high } = found.best[path]
        const units = notation(path)
        return `${path} at ${inUnits(value, units)} (it may lie between ${inUnits(low, units)} and ${inUnits(high, units)})`
      })
      .join(' and ')}.`,
    ...found.require.map(({ condition, figure }) => {
      const told = /cheapest/i.test(condition)
        ? `${formatShare(figure.value)} ± ${formatShare(figure.se, 2)}`
        : withError(figure, currency)
      return `Required: ${condition}. There it is ${told}.`
    }),
    `Less mean for more P90, the best of both: ${found.frontier
      .slice(0, SHOWN)
      .map(({ mean, p90 }) => `${formatMoney(mean.value, currency)} / ${formatMoney(p90.value, currency)}`)
      .join(', ')}.`,
    FOOT,
  ]
}

const title = (statistic: string): string => statistic.replace(/^p(\d)/, 'P$1').replace(/^shortfall/, 'expected shortfall at P')

/** Points of the whole range, evenly, where the search tried many more near its best. */
function spread({ curve }: Optimum, [path]: readonly string[]): readonly TriedPoint[] {
  const values = curve.map((point) => point.values[path])
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const chosen = Array.from({ length: SHOWN + 1 }, (_, k) => {
    const wanted = low + ((high - low) * k) / SHOWN
    return curve.reduce((best, point) =>
      Math.abs(point.values[path] - wanted) < Math.abs(best.values[path] - wanted) ? point : best,
    )
  })
  return [...new Set(chosen)]
}

export const command = defineCommand({
  arguments: scenarioArgument,
  options: options,
  run: optimizeCommand,
})
