// Anchors figures of variants to the plan. The plan's own run may integrate a percentile, which is more accurate than its trials. The figure
// of a variant is then the integrated one plus the difference between variant and plan on the same trials. At the plan's own numbers, it
// has the value and the error of the summary.
import { prepared } from '../numerics/estimators/sorting.ts'
import type { Estimate } from '../numerics/estimators/estimate.ts'
import { difference, estimateOf, type Figure } from '../numerics/estimators/figure.ts'
import { integrable } from '../preintegration/sampling.ts'
import { inlineExecutor } from '../run/executor.ts'
import { runTrials } from '../run/run.ts'
import { statedOf } from '../summary/cost.ts'
import { readingOf } from '../summary/summarize.ts'
import type { AskedFigure } from '../summary/statistic.ts'
import { askedSource } from './asked.ts'
import type { Study } from './study.ts'

type Anchor = { readonly stated: Estimate; readonly base: Figure }

export class Anchors {
  readonly #anchors: ReadonlyMap<string, Anchor>

  private constructor(anchors: ReadonlyMap<string, Anchor>) {
    this.#anchors = anchors
  }

  /** Anchors the figures `asked` of some offers. */
  static async of(study: Study, offers: readonly string[], asked: readonly AskedFigure[]): Promise<Anchors> {
    const stated = await integrated(study, offers, asked)
    if (stated.size === 0) return new Anchors(new Map())
    const names = offers.filter((offer) => asked.some(({ name }) => stated.has(`${offer} ${name}`)))
    const [anchors] = await study.run(
      [study.base],
      () => names,
      async (cost) => {
        const found: [key: string, anchor: Anchor][] = []
        for (const offer of names) {
          const source = askedSource(study, cost, offer)
          await study.pace.through(prepared(source.own))
          for (const one of asked) {
            const key = `${offer} ${one.name}`
            const estimate = stated.get(key)
            await study.pace.turn()
            if (estimate) found.push([key, { stated: estimate, base: one.figure(source) }])
          }
        }
        return found
      },
    )
    return new Anchors(new Map(anchors))
  }

  /** Moves a figure of a variant by the distance from the plan's sampled figure to its integrated one. */
  pinned(offer: string, name: string, figure: Figure): Figure {
    const anchor = this.#anchors.get(`${offer} ${name}`)
    if (!anchor) return figure
    const { stated, base } = anchor
    const by = stated.value - base.value
    const { se } = estimateOf(difference(figure, base))
    return {
      ...figure,
      value: figure.value === base.value ? stated.value : figure.value + by,
      se: Math.sqrt(se * se + stated.se * stated.se),
      under: (weights) => figure.under(weights) + by,
    }
  }
}

/** Figures that the plan's own run integrates, by offer and name. */
async function integrated(
  study: Study,
  offers: readonly string[],
  asked: readonly AskedFigure[],
): Promise<ReadonlyMap<string, Estimate>> {
  const { base, plan, seed, scenario, measure } = study
  const found = new Map<string, Estimate>()
  const isAsked = asked.some(({ name }) => INTEGRATED.test(name))
  if (!isAsked || !integrable(base.program, plan, study.preintegration)) return found
  const { program } = base
  const kept = { keepTrials: true, monthly: false, preintegration: true, sums: [], largest: [] }
  study.pace.expect(plan.trials)
  const outcome = await runTrials({ ...program, pairs: false }, plan, seed, kept, inlineExecutor, study.pace.within)
  const read = readingOf(outcome, scenario)
  for (const offer of offers) {
    const { percentiles, expectedShortfall } = statedOf(read, base.offers.indexOf(offer), measure)
    for (const [key, estimate] of Object.entries(percentiles)) if (estimate?.by) found.set(`${offer} ${key}`, estimate)
    for (const [key, estimate] of Object.entries(expectedShortfall))
      if (estimate?.by) found.set(`${offer} expectedShortfall${key.slice(1)}`, estimate)
  }
  return found
}

const INTEGRATED = /^(p|expectedShortfall)\d/
