// The figures of a report with each offer under its title instead of its name, so that every table and chart names it as the verdict does.
import { shortTitles } from '../../questions/compare/verdict.ts'
import type { Summary } from '../../summary/summary.ts'
import type { ReportData } from './data.ts'
import type { FullFigures } from './figures.ts'

type Named<T> = Readonly<Record<string, T>>

/** Titles by name. Names stay if a title is a number, which an object would move to its front, or the name of another offer. */
export function tableTitles(names: readonly string[], titles: Named<string>): Named<string> {
  const short = shortTitles(names, titles)
  const isUsable = names.every((name) => !/^\d+$/.test(short[name])) && new Set(Object.values(short)).size === names.length
  return isUsable ? short : Object.fromEntries(names.map((name) => [name, name]))
}

export function titledData(data: ReportData): ReportData {
  const { figures } = data
  const to = tableTitles(Object.keys(figures.summary.offers), data.titles)
  return { ...data, titles: {}, owners: to, figures: titledFigures(figures, to) }
}

/** What stands by offer, by title instead. */
export const underTitles = <T>(record: Named<T>, to: Named<string>): Named<T> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [Object.hasOwn(to, name) ? to[name] : name, value]))

function titledFigures(figures: FullFigures, to: Named<string>): FullFigures {
  const { bad, changes, convergence, densities, moves } = figures
  const titled = <T>(record: Named<T>): Named<T> => underTitles(record, to)
  const renamed = <T extends { readonly offer: string }>(own: T): T => ({ ...own, offer: to[own.offer] })
  return {
    ...figures,
    summary: titledSummary(figures.summary, to),
    best: to[figures.best],
    curves: titled(figures.curves),
    densities: { ...densities, offers: densities.offers.map(renamed) },
    ...(convergence && { convergence: renamed(convergence) }),
    ...(moves && { moves: { ...moves, offers: moves.offers.map((name) => to[name]) } }),
    ...(bad && {
      bad: {
        shortfall: renamed(bad.shortfall),
        ...(bad.difference && {
          difference: { ...bad.difference, offers: [renamed(bad.difference.offers[0]), renamed(bad.difference.offers[1])] },
        }),
        regret: titled(bad.regret),
      },
    }),
    ...(changes && {
      changes: {
        courses: changes.courses.map((course) => ({
          ...course,
          classes: course.classes.map((own) => ({ ...own, cheapest: own.cheapest === undefined ? undefined : to[own.cheapest] })),
          stretches: course.stretches.map((own) => ({
            ...own,
            cheapest: own.cheapest === undefined ? undefined : to[own.cheapest],
          })),
          crossings: course.crossings.map((own) => ({ ...own, below: to[own.below], above: to[own.above] })),
        })),
        asking: changes.asking.map(renamed),
      },
    }),
  }
}

/** The summary with each offer under its title. */
export function titledSummary(summary: Summary, to: Named<string>): Summary {
  const titled = <T>(record: Named<T>): Named<T> => underTitles(record, to)
  const { offers, comparison, budget, verdict } = summary
  const { cheapest, cheaper, regret, difference } = comparison
  const pairs = <T>(record: Named<Named<T>>) =>
    titled(Object.fromEntries(Object.entries(record).map(([name, own]) => [name, titled(own)])))
  return {
    ...summary,
    offers: titled(offers),
    comparison: {
      ...comparison,
      cheapest: titled(cheapest),
      regret: titled(regret),
      ...(cheaper && { cheaper: pairs(cheaper) }),
      ...(difference && { difference: pairs(difference) }),
    },
    ...(verdict && { verdict: { ...verdict, offer: to[verdict.offer], offers: verdict.offers.map((name) => to[name]) } }),
    ...(budget && { budget: { ...budget, offer: to[budget.offer] } }),
  }
}
