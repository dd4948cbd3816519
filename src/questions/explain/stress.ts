// What bad years look like: drivers and inputs in the worst futures of an offer, beside what they are on the whole; and named what-ifs.
import { replaced } from '../../scenario/edit/field.ts'
import { estimateOf, meanFigure, ratioOf } from '../../numerics/estimators/figure.ts'
import { columnMean, percentileFigure } from '../../numerics/estimators/figures.ts'
import { sortedOf } from '../../numerics/estimators/sorted.ts'
import { Anchors } from '../anchors.ts'
import { askedFigure } from '../asked.ts'
import { Study } from '../study.ts'
import { recorded } from '../../simulation/recorded.ts'
import { formatMonth } from '../../months.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Estimate } from '../../summary/summary.ts'
import { checkOptions } from '../../options/check.ts'
import { type StressOptions, stressing } from '../../options/questions.ts'
import { offerPlace, questionOf } from './question.ts'

export interface Beside {
  readonly usual: Estimate
  readonly worst: Estimate
}

export interface Stress {
  readonly offer: string
  readonly share: number
  readonly cost: Beside
  readonly inputs: Readonly<Record<string, Beside>>
  readonly months: readonly {
    readonly month: string
    readonly conversations: Beside
    readonly rate?: Beside
    readonly cost: Beside
  }[]
  /** Of each what-if that the scenario names, and of the plan: every offer's mean and P90. */
  readonly whatIfs: Readonly<Record<string, Readonly<Record<string, { readonly mean: Estimate; readonly p90: Estimate }>>>>
}

export async function stressOf(input: string | object, options: StressOptions, reader: Reader): Promise<Stress> {
  checkOptions(options, stressing)
  const { offer, worst = 0.05 } = options
  const question = await questionOf(input, reader, options)
  const { model, program, plan, seed, starts, scenario, measure } = question
  const place = offerPlace(question, offer)
  const billing = model.offers[place]
  const months = Array.from({ length: program.months }, (_, m) => m)
  const genuine = program.sharedRate ? model.usage.handled.genuine(0) : undefined
  const nodes = [
    model.costs[place],
    ...program.inputs.map((_, k) => model.inputs.input(k)),
    ...model.conversations.volume,
    ...months.map((m) => (measure === 'bill' ? billing.billMonth(m) : billing.totalMonth(m))),
    ...(genuine ? [...genuine, ...model.conversations.involved] : []),
  ]
  const distinct = [...new Set(nodes)]
  const columns = recorded(model, plan, seed, distinct, plan.trials)
  const column = (node: number) => columns[distinct.indexOf(node)]
  const [cost] = nodes.map(column)
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
  const values = (node: number) => {
    const own = column(node)
    return (i: number) => own[i]
  }
  const count = program.inputs.length
  return {
    offer,
    share: worst,
    cost: beside((i) => cost[i]),
    inputs: Object.fromEntries(program.inputs.map(({ name }, k) => [name, beside(values(nodes[1 + k]))])),
    months: months.map((m) => {
      const resolved = genuine && column(genuine[m])
      const involved = genuine && column(model.conversations.involved[m])
      return {
        month: formatMonth(scenario.start + m),
        conversations: beside(values(model.conversations.volume[m])),
        ...(resolved && involved && { rate: beside((i) => (involved[i] > 0 ? resolved[i] / involved[i] : 0)) }),
        cost: beside(values(nodes[1 + count + program.months + m])),
      }
    }),
    whatIfs: scenario.stress ? await whatIfs(input, options, reader) : {},
  }
}

/** The plan and each named what-if, on the same futures. */
async function whatIfs(input: string | object, options: StressOptions, reader: Reader): Promise<Stress['whatIfs']> {
  const { trials, seed, method, measure } = options
  const study = await Study.of(input, reader, {
    ...(trials !== undefined && { trials }),
    ...(seed !== undefined && { seed }),
    ...(method !== undefined && { method }),
    ...(measure !== undefined && { measure }),
  })
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
  const all = [study.base, ...variants]
  const anchors = await Anchors.of(study, study.base.offers, [askedFigure('p90', true)])
  const told = await study.run(
    all,
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
  return Object.fromEntries([['plan', told[0]] as const, ...named.map(([name], k) => [name, told[k + 1]] as const)])
}
