// Shows bad years: the drivers and inputs in the worst trials of an offer beside their usual values, and the plan's named what-ifs.
import { prepared, sorting } from '../../numerics/estimators/sorting.ts'
import { replaced } from '../../scenario/edit/field.ts'
import { estimateOf, meanFigure, ratioOf } from '../../numerics/estimators/figure.ts'
import { columnMean, percentileFigure } from '../../numerics/estimators/figures.ts'
import { Anchors } from '../anchors.ts'
import { askedFigure } from '../asked.ts'
import { Study } from '../study.ts'
import { costMonths } from '../cost-months.ts'
import { sampled } from '../trials.ts'
import { formatMonth } from '../../months.ts'
import { unseenFrom, unseenMean } from '../../numerics/estimators/unseen.ts'
import type { Node } from '../../simulation/graph.ts'
import { sharedResolutions } from '../../simulation/shared-resolutions.ts'
import { type Pace, paced } from '../../pace.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Estimate } from '../../summary/summary.ts'
import { checkOptions } from '../../options/check.ts'
import { type StressOptions, stressing } from '../../options/questions.ts'
import { offerPlace } from '../offer-place.ts'
import { type Question, questionOf } from './question.ts'

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
  return paced(options, async (pace) => {
    const question = await questionOf(input, reader, options)
    return {
      ...(await worstYears(question, options, pace)),
      whatIfs: question.scenario.stress ? await whatIfs(input, options, reader, pace) : {},
    }
  })
}

/** The drivers, inputs and costs of the worst trials. */
async function worstYears(
  question: Question,
  { offer, worst = 0.05 }: StressOptions,
  pace: Pace,
): Promise<Omit<Stress, 'whatIfs'>> {
  const { model, program, plan, seed, starts, scenario, measure } = question
  const place = offerPlace(question.offers, offer)
  const months = Array.from({ length: program.months }, (_, m) => m)
  const genuine = sharedResolutions(model)
  const inputs = program.inputs.map((_, k) => model.inputs.input(k))
  const bills = costMonths(model, place, measure)
  const { volume, involved } = model.conversations
  const nodes = [model.costs[place], ...inputs, ...volume, ...bills, ...(genuine ? [...genuine, ...involved] : [])]
  pace.expect(2 * plan.trials)
  const column = await pace.through(sampled(model, plan, seed, nodes))
  const rare = new Map(question.beyond.of(nodes).map(({ unseen }, k) => [nodes[k], unseen] as const))
  const cost = column(model.costs[place])
  const sorted = await pace.through(sorting(cost))
  const least = sorted[Math.min(sorted.length - 1, Math.floor((1 - worst) * sorted.length))]
  const inside = meanFigure(starts, (i) => (cost[i] >= least ? 1 : 0), 0)
  const beside = (own: readonly Node[], of: (columns: readonly Float64Array[], i: number) => number): Beside => {
    const columns = own.map(column)
    const unseen = unseenFrom(
      own.map((node) => rare.get(node)),
      of,
    )
    const worst = ratioOf(
      meanFigure(starts, (i) => (cost[i] >= least ? of(columns, i) : 0), 0),
      inside,
    )
    const moved = unseenFrom([rare.get(model.costs[place]), unseen], ([all, one], i) =>
      all[i] >= least ? one[i] - worst.value : 0,
    )
    return {
      usual: estimateOf(meanFigure(starts, (i) => of(columns, i), unseenMean(unseen))),
      worst: estimateOf({ ...worst, least: unseenMean(moved) / inside.value }),
    }
  }
  const ofNode = async (node: Node): Promise<Beside> => {
    await pace.turn()
    return beside([node], ([own], i) => own[i])
  }
  const rateOf = (resolved: Node, all: Node) =>
    beside([resolved, all], ([part, whole], i) => (whole[i] > 0 ? part[i] / whole[i] : 0))
  const drawn: [name: string, found: Beside][] = []
  for (const [k, { name }] of program.inputs.entries()) drawn.push([name, await ofNode(inputs[k])])
  const byMonth: Stress['months'][number][] = []
  for (const m of months)
    byMonth.push({
      month: formatMonth(scenario.start + m),
      conversations: await ofNode(volume[m]),
      ...(genuine && { rate: rateOf(genuine[m], involved[m]) }),
      cost: await ofNode(bills[m]),
    })
  await pace.did(plan.trials)
  return {
    offer,
    share: worst,
    cost: beside([model.costs[place]], ([own], i) => own[i]),
    inputs: Object.fromEntries(drawn),
    months: byMonth,
  }
}

/** Runs the plan and each named what-if on the same trials. */
async function whatIfs(input: string | object, options: StressOptions, reader: Reader, pace: Pace): Promise<Stress['whatIfs']> {
  const study = await Study.of(input, reader, options, pace)
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
    async (cost, variant) => {
      const figures: [offer: string, found: { readonly mean: Estimate; readonly p90: Estimate }][] = []
      for (const name of variant.offers) {
        const column = await pace.through(prepared(cost(name)))
        const p90 = estimateOf(anchors.pinned(name, 'p90', percentileFigure(column, 0.9)))
        await pace.turn()
        figures.push([name, { mean: estimateOf(columnMean(column)), p90 }])
        await pace.turn()
      }
      return Object.fromEntries(figures)
    },
  )
  return Object.fromEntries([['plan', found[0]] as const, ...named.map(([name], k) => [name, found[k + 1]] as const)])
}
