import { columnMean, percentileFigure, shortfallFigure } from '../../numerics/estimators/figures.ts'
import { SampledColumn } from '../../numerics/estimators/sorted.ts'
import { tied } from '../../numerics/estimators/ties.ts'
import { type AskedFigure, type AskedSource, percentIn, statistic } from '../statistic.ts'

/** The regret of an offer in each trial. */
export function regretColumn({ own, all }: Pick<AskedSource, 'own' | 'all'>): SampledColumn {
  const least = own.values.slice()
  for (const column of all()) for (let i = 0; i < least.length; i++) if (column[i] < least[i]) least[i] = column[i]
  // Offers that tie have no regret.
  const regrets = least.map((low, i) => (tied(own.values[i], low) ? 0 : own.values[i] - low))
  return new SampledColumn(regrets, own.design)
}

const asked = (name: string, title: string, figure: (regrets: SampledColumn) => ReturnType<typeof columnMean>): AskedFigure => ({
  name,
  title,
  unit: 'money',
  all: true,
  figure: (source) => figure(regretColumn(source)),
})

export const regret = statistic({
  key: 'regret',
  order: 130,
  asked: {
    written: 'regret',
    minimized: true,
    parse(name) {
      if (name === 'regret') return asked(name, 'mean regret', columnMean)
      const percent = percentIn(/^regretp(.+)$/.exec(name)?.[1])
      if (percent !== undefined)
        return asked(`regretp${percent}`, `P${percent} of regret`, (column) => percentileFigure(column, percent / 100))
      const tail = percentIn(/^regretexpectedshortfall(.+)$/.exec(name)?.[1])
      if (tail === undefined) return undefined
      const title = `expected shortfall of regret at P${tail}`
      return asked(`regretExpectedShortfall${tail}`, title, (column) => shortfallFigure(column, tail / 100))
    },
  },
  documentation: {
    where: '`comparison.regret.X`, `result.regret(offer)`',
    meaning: 'cost of X minus the lowest cost of the same trial: its mean in the summary, its distribution from the call',
    error: 'as for a cost',
  },
})
