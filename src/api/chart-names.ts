// The figures of charts with each offer under its title: the one place where charts of a result get their names.
import type { Acceptability } from '../questions/compare/acceptability.ts'
import { acceptabilityWords } from '../questions/compare/acceptability.ts'
import type { Convergence } from '../questions/compare/convergence.ts'
import type { WinnerMap } from '../questions/compare/winners.ts'
import { tableTitles, titledSummary, underTitles } from '../present/report/titled.ts'
import type { Densities } from '../summary/densities.ts'
import type { Summary } from '../summary/summary.ts'

export interface ChartNames {
  readonly summary: Summary
  readonly name: (offer: string) => string
  readonly acceptability: (own: Acceptability) => Acceptability
  readonly winners: (own: WinnerMap) => WinnerMap
  readonly convergence: (own: Convergence) => Convergence
  readonly densities: (own: Densities) => Densities
}

export function chartNames(summary: Summary, titles: Readonly<Record<string, string>>): ChartNames {
  const to = tableTitles(Object.keys(summary.offers), titles)
  const name = (offer: string) => (Object.hasOwn(to, offer) ? to[offer] : offer)
  return {
    summary: titledSummary(summary, to),
    name,
    acceptability({ against, points }) {
      const titled = points.map((point) => ({
        ...point,
        offers: underTitles(point.offers, to),
        frontier: name(point.frontier),
        oftenest: name(point.oftenest),
      }))
      return { against, points: titled, words: acceptabilityWords(against, titled) }
    },
    winners: (own) => ({
      ...own,
      cells: own.cells.map((row) =>
        row.map((cell) => ({ ...cell, ...(cell.winner !== undefined && { winner: name(cell.winner) }) })),
      ),
    }),
    convergence: (own) => ({ ...own, offer: name(own.offer) }),
    densities: (own) => ({ ...own, offers: own.offers.map((one) => ({ ...one, offer: name(one.offer) })) }),
  }
}
