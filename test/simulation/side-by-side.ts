// Computes one block with the engine and with the oracle, on the same draws.
import { Arena } from '../../src/numerics/kernel/arena.ts'
import { compile } from '../../src/compile/compile.ts'
import { resolve } from '../../src/scenario/resolve/resolve.ts'
import { type Method, planTrials } from '../../src/numerics/random/plan.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { keptColumns } from '../../src/simulation/block.ts'
import type { Node } from '../../src/simulation/graph.ts'
import { modelOf } from '../../src/simulation/model.ts'
import { drawnNodes, observe } from '../../src/simulation/observe.ts'
import { type OracleMonth, type OracleOffer, simulateSlowly } from '../oracle/oracle.ts'
import type { Written } from '../oracle/scenarios.ts'

const reader = { read: () => Promise.reject(new Error('these scenarios read no files')) }

/** A figure in which engine and oracle differ by more than `1e-12` of `scale`. */
export interface Disagreement {
  readonly what: string
  readonly engine: number
  readonly oracle: number
}

/** Runs the first blocks of a run of `trials` and lists the figures, trial by trial, in which the two differ. */
export async function disagreements(written: Written, method: Method, trials: number, blocks = 2): Promise<Disagreement[]> {
  const { scenario } = await resolve(readScenario(written), reader)
  const program = compile(scenario, { measure: 'bill', pairs: 'auto' })
  const plan = planTrials(trials, method)
  const kept = keptColumns(program)
  const model = modelOf(program)
  const { graph } = model
  const nodes = new Map<string, Node>(drawnNodes(model))
  const name = (what: string, node: Node) => {
    nodes.set(what, node)
    return what
  }
  const horizon = (months: readonly Node[]) => graph.add(...months)
  name('conversations', horizon(model.conversations.volume))
  name('involved', horizon(model.conversations.involved))
  model.conversations.segments.forEach(({ volume }, s) => name(`segment ${s}`, horizon(volume)))
  model.offers.forEach((offer, k) => {
    name(`${k} bill`, offer.bill)
    name(`${k} total`, offer.total)
    if (offer.genuine) name(`${k} resolutions`, horizon(offer.genuine))
    if (offer.billable) name(`${k} billable`, horizon(offer.billable))
    name(`${k} people`, offer.people)
    offer.segments().forEach((own, s) => {
      name(`${k} bill of ${s}`, own.bill)
      name(`${k} total of ${s}`, own.total)
    })
    name(`${k} running`, offer.running)
    for (const layer of offer.layers) name(`${k} layer ${layer}`, offer.layer(layer))
    for (let m = 0; m < program.months; m++) {
      name(`${k} bill ${m}`, offer.billMonth(m))
      name(`${k} total ${m}`, offer.totalMonth(m))
    }
    if (!offer.overage) return
    name(`${k} over any`, offer.overage.any)
    name(`${k} over months`, horizon(offer.overage.hits))
    name(`${k} over quantity`, offer.overage.quantity)
    name(`${k} over amount`, offer.overage.amount)
    name(`${k} unused`, offer.overage.unused)
  })
  const found: Disagreement[] = []
  for (let replicate = 0; replicate < Math.min(blocks, plan.replicates); replicate++) {
    const columns = observe(new Arena(), model, plan, 'side by side', replicate, 0, nodes)
    const view = (what: string) => columns.get(what) ?? new Float64Array()
    const inputs = { trials: view('conversations').length, columns }
    for (const [t, slow] of simulateSlowly(scenario, inputs).entries()) {
      const expect = (what: string, engine: number, oracle: number, scale = Math.abs(oracle)) => {
        if (Math.abs(engine - oracle) <= 1e-12 * scale) return
        found.push({ what: `${what}, replicate ${replicate}, trial ${t}`, engine, oracle })
      }
      expect('conversations', view('conversations')[t], sum(slow.conversations))
      expect('involved', view('involved')[t], sum(slow.involved))
      slow.segments.forEach((own, s) => expect(`conversations of segment ${s}`, view(`segment ${s}`)[t], sum(own)))
      model.offers.forEach((offer, k) => {
        const { name } = program.offers[k]
        const { genuine, billable } = offer
        const oracle = slow.offers.get(name) as OracleOffer
        const say = (what: string, engine: number, exact: number, scale?: number) => expect(`${name} ${what}`, engine, exact, scale)
        const over = (read: (month: OracleMonth) => number) => sum(oracle.months.map(read))
        const size = sum(
          oracle.months.map((month) => sum(Object.values(month.layers).map(Math.abs)) + month.people + month.running),
        )
        // A cost near 0 may be the difference of large ones (a true-up); an overage is one of a quantity and a commitment.
        const cost = size
        kept.forEach((column) => {
          if (column.offer !== k) return
          oracle.months.forEach((month, m) =>
            say(`${column.measure} of month ${m}`, view(`${k} ${column.measure} ${m}`)[t], month[column.measure], cost),
          )
        })
        say('bill', view(`${k} bill`)[t], oracle.bill, size)
        if (program.distinctTotal) say('total', view(`${k} total`)[t], oracle.total, size)
        oracle.segments.forEach((own, s) => {
          say(`bill of segment ${s}`, view(`${k} bill of ${s}`)[t], own.bill, size)
          if (program.distinctTotal) say(`total of segment ${s}`, view(`${k} total of ${s}`)[t], own.total, size)
        })
        // A limit may leave next to nothing of all conversations.
        const all = oracle.resolutions + sum(slow.involved)
        if (genuine !== undefined) say('resolutions', view(`${k} resolutions`)[t], oracle.resolutions, all)
        if (billable !== undefined) say('billable', view(`${k} billable`)[t], oracle.billable, all + oracle.billable)
        say(
          'people',
          view(`${k} people`)[t],
          over(({ people }) => people),
        )
        say(
          'running',
          view(`${k} running`)[t],
          over(({ running }) => running),
        )
        program.offers[k].layers.forEach((layer) =>
          say(
            `layer ${layer}`,
            view(`${k} layer ${layer}`)[t],
            over(({ layers }) => layers[layer] ?? 0),
            cost,
          ),
        )
        const overMonths = over(({ overage }) => (overage.flag ? 1 : 0))
        if (!offer.overage) {
          say('months with overage', 0, overMonths)
          return
        }
        // Credits weigh a conversation by up to 100.
        const used = 100 * sum(slow.conversations) * Math.max(1, drawnActions(inputs.columns, t, scenario.conversations.actions))
        say('months with overage', view(`${k} over months`)[t], overMonths)
        say('any overage', view(`${k} over any`)[t], overMonths > 0 ? 1 : 0)
        say(
          'overage',
          view(`${k} over quantity`)[t],
          over(({ overage }) => overage.quantity),
          used,
        )
        say(
          'cost of overage',
          view(`${k} over amount`)[t],
          over(({ overage }) => overage.amount),
          // Overage is stated before a cap, which may leave next to nothing of it in the bill.
          cost + over(({ overage }) => Math.abs(overage.amount)),
        )
        say(
          'unused',
          view(`${k} unused`)[t],
          over(({ unused }) => unused),
          over(({ unused }) => unused) + used,
        )
      })
    }
  }
  return found
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

const drawnActions = (columns: ReadonlyMap<string, Float64Array>, trial: number, actions: unknown): number =>
  typeof actions === 'number' ? actions : (columns.get('conversations.actions')?.[trial] ?? 1)
