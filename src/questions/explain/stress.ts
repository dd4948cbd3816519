// Shows bad years: the drivers and inputs in the worst trials of an offer beside their usual values, and the plan's named what-ifs.
import { replaced } from '../../scenario/edit/field.ts'
import { estimateOf, meanFigure, ratioOf } from '../../numerics/estimators/figure.ts'
import { columnMean, percentileFigure } from '../../numerics/estimators/figures.ts'
import { sortedOf } from '../../numerics/estimators/sorted.ts'
import { Anchors } from '../anchors.ts'
import { askedFigure } from '../asked.ts'
import { Study } from '../study.ts'
import { costMonths, sampled } from '../trials.ts'
import { formatMonth } from '../../months.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Estimate } from '../../summary/summary.ts'
import { checkOptions } from '../../options/check.ts'
import { type StressOptions, stressing } from '../../options/questions.ts'
import { offerPlace } from '../open-plan.ts'
import { questionOf } from './question.ts'

/** Means over all trials, and over the worst ones. */
export interface Beside {
  readonly usual: Estimate
  readonly worst: Estimate
}

export interface Stress {
  readonly offer: string
  /** The share of trials that counts as the worst. */
  readonly share: number
  readonly cost: Beside
  readonly inputs: Readonly<Record<string, Beside>>
  readonly months: readonly {
    readonly month: string
    readonly conversations: Beside
    readonly rate?: Beside
    readonly cost: Beside
  }[]
  /** The mean and P90 of every offer, for the plan and for each what-if that it names. */
  readonly whatIfs: Readonly<Record<string, Readonly<Record<string, { readonly mean: Estimate; readonly p90: Estimate }>>>>
}

export async function stressOf(input: string | object, options: StressOptions, reader: Reader): Promise<Stress> {
  checkOptions(options, stressing)
  const { offer, worst = 0.05 } = options
  const question = await questionOf(input, reader, options)
  const { model, program, plan, seed, starts, scenario, measure } = question
  const place = offerPlace(question.offers, offer)
  const months = Array.from({ length: program.months }, (_, m) => m)
  const genuine = program.sharedRate ? model.usage.handled.genuine(0) : undefined
  const inputs = program.inputs.map((_, k) => model.inputs.input(k))
  const bills = costMonths(model, place, measure)
  const { volume, involved } = model.conversations
  const nodes = [model.costs[place], ...inputs, ...volume, ...bills, ...(genuine ? [...genuine, ...involved] : [])]
  const column = sampled(model, plan, seed, nodes)
  const cost = column(model.costs[place])
  const sorted = sortedOf(cost)
  const least = sorted[Math.min(sorted.length - 1, Math.floor((1 - worst) * sorted.length))]
  const inside = meanFigure(starts, (i) => (cost[i] >= least ? 1 : 0), 0)
  const beside = (of: (i: number) => number): Beside => ({
    usual: estimateOf(meanFigure(starts, of, 0)),
    worst: estimateOf(
      ratioOf(
        meanFigure(starts, (i) => (cost[i] >= least ? of(i) : 0), 0),
        inside,
      ),
    ),
  })
  const ofNode = (node: number): Beside => {
    const own = column(node)
    return beside((i) => own[i])
  }
  const rateOf = (resolved: Float64Array, all: Float64Array) => beside((i) => (all[i] > 0 ? resolved[i] / all[i] : 0))
  return {
    offer,
    share: worst,
    cost: beside((i) => cost[i]),
    inputs: Object.fromEntries(program.inputs.map(({ name }, k) => [name, ofNode(inputs[k])])),
    months: months.map((m) => ({
      month: formatMonth(scenario.start + m),
      conversations: ofNode(volume[m]),
      ...(genuine && { rate: rateOf(column(genuine[m]), column(involved[m])) }),
      cost: ofNode(bills[m]),
    })),
    whatIfs: scenario.stress ? await whatIfs(input, options, reader) : {},
  }
}

/** Runs the plan and each named what-if on the same trials. */
async function whatIfs(input: string | object, options: StressOptions, reader: Reader): Promise<Stress['whatIfs']> {
  const study = await Study.of(input, reader, options)
  const named = Object.entries(study.scenario.stress ?? {})
  const variants = await Promise.all(
    named.map(([, fields]) =>
      study.variant(
        Object.entries(fields).reduce<unknown>(
          (data, [path, value]) => replaced(data, study.field(path).keys, value),
          study.written.data,
        ),
      ),
    ),
  )
  const anchors = await Anchors.of(study, study.base.offers, [askedFigure('p90', true)])
  const found = await study.run(
    [study.base, ...variants],
    (variant) => variant.offers,
    (cost, variant) =>
      Object.fromEntries(
        variant.offers.map((name) => {
          const column = study.column(cost(name))
          return [
            name,
            { mean: estimateOf(columnMean(column)), p90: estimateOf(anchors.pinned(name, 'p90', percentileFigure(column, 0.9))) },
          ] as const
        }),
      ),
  )
  return Object.fromEntries([['plan', found[0]] as const, ...named.map(([name], k) => [name, found[k + 1]] as const)])
}
