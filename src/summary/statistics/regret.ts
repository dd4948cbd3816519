import { estimateOf, type Figure } from '../../numerics/estimators/figure.ts'
import { columnMean, percentileFigure, shortfallFigure } from '../../numerics/estimators/figures.ts'
import { momentsOf } from '../../numerics/estimators/moments.ts'
import { type Lead, unseenRegret } from '../../numerics/estimators/regret.ts'
import { SampledColumn } from '../../numerics/estimators/sorted.ts'
import { tied } from '../../numerics/estimators/ties.ts'
import { unseenFrom } from '../../numerics/estimators/unseen.ts'
import { type AskedFigure, type AskedSource, percentIn, statistic } from '../statistic.ts'

/** The regret of an offer in each trial. */
export function regretColumn({ own, all }: Pick<AskedSource, 'own' | 'all'>): SampledColumn {
  const columns = all()
  const least = own.values.slice()
  for (const { values } of columns) for (let i = 0; i < least.length; i++) if (values[i] < least[i]) least[i] = values[i]
  // Offers that tie have no regret.
  const over = (cost: number, low: number) => (tied(cost, low) ? 0 : cost - low)
  const regrets = new Float64Array(least.length)
  for (let i = 0; i < regrets.length; i++) regrets[i] = over(own.values[i], least[i])
  const unseen = unseenFrom([own.beyond.unseen, ...columns.map(({ beyond }) => beyond.unseen)], ([cost, ...others], i) =>
    over(
      cost[i],
      others.reduce((low, other) => Math.min(low, other[i]), cost[i]),
    ),
  )
  // An offer that can be dearer than another without limit has a regret as heavy as its cost.
  return new SampledColumn(regrets, own.design, { ...own.beyond, constant: columns.length === 1, highest: undefined, unseen })
}

/** @param tail the share of trials that the figure averages; none if it counts trials */
const asked = (name: string, title: string, figure: (regrets: SampledColumn) => Figure, tail?: number): AskedFigure => ({
  name,
  title,
  unit: 'money',
  all: true,
  figure(source) {
    const regrets = regretColumn(source)
    const found = figure(regrets)
    if (tail === undefined || source.own.design.certain || regrets.extremes.max > 0) return found
    return { ...found, se: Math.max(estimateOf(found).se, unseenRegret(leadsOf(source), regrets.values.length) / tail) }
  },
})

/** The lead over each other offer that does not always cost the same. */
function leadsOf({ own, all, place }: AskedSource): Lead[] {
  return all().flatMap((column, other): Lead[] => {
    if (other === place()) return []
    const leads = column.values.map((cost, i) => (tied(cost, own.values[i]) ? 0 : cost - own.values[i]))
    const { mean, sd } = momentsOf(leads, 1)
    return [{ mean, sd }]
  })
}

export const regret = statistic({
  key: 'regret',
  order: 130,
  asked: {
    written: 'regret',
    minimized: true,
    parse(name) {
      if (name === 'regret') return asked(name, 'mean regret', columnMean, 1)
      const percent = percentIn(/^regretp(.+)$/.exec(name)?.[1])
      if (percent !== undefined)
        return asked(`regretp${percent}`, `P${percent} of regret`, (column) => percentileFigure(column, percent / 100))
      const tail = percentIn(/^regretexpectedshortfall(.+)$/.exec(name)?.[1])
      if (tail === undefined) return undefined
      const title = `expected shortfall of regret at P${tail}`
      return asked(`regretExpectedShortfall${tail}`, title, (column) => shortfallFigure(column, tail / 100), 1 - tail / 100)
    },
  },
  documentation: {
    where: '`comparison.regret.X`, `result.regret(offer)`',
    meaning: 'cost of X minus the lowest cost of the same trial: its mean in the summary, its distribution from the call',
    error: 'as for a cost; if the offer never lost, 3/2 losses of typical size among the trials',
  },
})
