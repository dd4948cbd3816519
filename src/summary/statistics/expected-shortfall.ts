import { shortfallFigure } from '../../numerics/estimators/figures.ts'
import { SHORTFALL_LEVELS } from '../../numerics/estimators/levels.ts'
import { sharperOf } from '../sharper.ts'
import { MOMENTS, orNoError } from '../../numerics/estimators/infinite.ts'
import { type AskedSource, type CostSource, type Estimates, percentIn, type Shortfall, statistic } from '../statistic.ts'

export const expectedShortfall = statistic({
  key: 'expectedShortfall',
  order: 60,
  cost: {
    needs: 'order',
    read: ({ order, integrated, heaviness }: CostSource): Estimates<Shortfall> =>
      Object.fromEntries(
        SHORTFALL_LEVELS.map((p, k) => {
          const sampled = { value: order.shortfalls[k], se: order.shortfallErrors[k] }
          const sharper = sharperOf(sampled, integrated?.expectedShortfall(`p${p}`))
          return [`p${p}`, orNoError(sharper, { heaviness }, MOMENTS.mean)]
        }),
      ),
    columns: ({ p90, p95 }: Estimates<Shortfall>) => ({ expectedShortfall90: p90, expectedShortfall95: p95 }),
  },
  asked: {
    written: 'expectedShortfall95',
    minimized: true,
    parse(name) {
      const percent = percentIn(/^expectedshortfall(?:at)?p?(.+)$/.exec(name)?.[1])
      if (percent === undefined) return undefined
      const figure = ({ own }: AskedSource) => shortfallFigure(own, percent / 100)
      return { name: `expectedShortfall${percent}`, title: `expected shortfall at P${percent}`, unit: 'money', all: false, figure }
    },
  },
  documentation: {
    where: '`expectedShortfall.p90`, `p95`',
    meaning: 'mean cost of the worst 10% and 5% of trials; other levels: `result.expectedShortfall(offer, 0.975)`',
    error: 'error of the mean excess',
  },
})
