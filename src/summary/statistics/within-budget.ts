import { UsageError } from '../../errors.ts'
import { withinFigure } from '../../numerics/estimators/figures.ts'
import { statistic } from '../statistic.ts'

const NAME = /^(?:p\()?within(\d{1,3}(?:\.\d{1,3})?)%?(?:of(?:the)?budget)?\)?$/

export const withinBudget = statistic({
  key: 'withinBudget',
  order: 120,
  asked: {
    written: 'P(within 110% of budget)',
    minimized: false,
    parse(name) {
      const percent = Number(NAME.exec(name)?.[1])
      if (!(percent > 0)) return undefined
      return {
        name: `within${percent}`,
        title: `P(within ${percent}% of budget)`,
        unit: 'share',
        all: false,
        figure({ budget }) {
          if (budget === undefined)
            throw new UsageError(
              `P(within ${percent}% of budget) needs a budget. Add one to the scenario, such as budget: { offer: fin, amount: $480k, confidence: 80% }`,
            )
          return withinFigure(budget.cost(), (percent / 100) * budget.amount)
        },
      }
    },
  },
  documentation: {
    where: '`result.withinBudget(offer, share)`',
    meaning: 'probability that the cost stays within a share of the stated budget, such as 1.1 for 110% of it',
    error: 'counted',
  },
})
