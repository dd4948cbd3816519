// One block from the engine and from the oracle, on the same draws.
import { Arena } from '../../src/kernel/arena.ts'
import { compile } from '../../src/program/compile.ts'
import { resolve } from '../../src/program/resolve.ts'
import { type Method, planTrials } from '../../src/random/plan.ts'
import { readScenario } from '../../src/scenario/read.ts'
import { BlockWork, keptColumns } from '../../src/simulation/block.ts'
import { sampledInputs } from '../../src/simulation/inputs.ts'
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
  const columns = keptColumns(program)
  const kept = columns.map(() => new Float64Array(plan.trials * scenario.months))
  const arena = new Arena()
  const work = new BlockWork(arena, program, plan, 'side by side', {
    monthly: { columns: kept, points: plan.points, trials: plan.trials },
  })
  const found: Disagreement[] = []
  for (let replicate = 0; replicate < Math.min(blocks, plan.replicates); replicate++) {
    work.run(replicate, 0)
    const inputs = sampledInputs(arena, work, replicate, 0)
    const first = replicate * plan.points
    const view = (pointer: number) => arena.view(pointer, inputs.trials)
    for (const [t, slow] of simulateSlowly(scenario, inputs).entries()) {
      const expect = (what: string, engine: number, oracle: number, scale = Math.abs(oracle)) => {
        if (Math.abs(engine - oracle) <= 1e-12 * scale) return
        found.push({ what: `${what}, replicate ${replicate}, trial ${t}`, engine, oracle })
      }
      expect('conversations', view(work.usage.horizon[0])[t], sum(slow.conversations))
      expect('involved', view(work.usage.horizon[1])[t], sum(slow.involved))
      work.offers.forEach((offer, k) => {
        const { name, genuine, billable } = program.offers[k]
        const oracle = slow.offers.get(name) as OracleOffer
        const say = (what: string, engine: number, exact: number, scale?: number) => expect(`${name} ${what}`, engine, exact, scale)
        const horizon = (read: (month: OracleMonth) => number) => sum(oracle.months.map(read))
        // A cost near 0 may be the difference of large ones (a true-up); an overage is one of a quantity and a commitment.
        const cost = oracle.total
        columns.forEach((column, c) => {
          if (column.offer !== k) return
          oracle.months.forEach((month, m) =>
            say(`${column.measure} of month ${m}`, kept[c][m * plan.trials + first + t], month[column.measure], cost),
          )
        })
        say('bill', view(offer.bill)[t], oracle.bill)
        if (program.distinctTotal) say('total', view(offer.total)[t], oracle.total)
        if (genuine !== undefined) say('resolutions', view(work.usage.horizon[genuine])[t], oracle.resolutions)
        if (billable !== undefined)
          say('billable', view(work.usage.horizon[billable])[t], oracle.billable, oracle.resolutions + oracle.billable)
        say(
          'people',
          view(offer.people)[t],
          horizon(({ people }) => people),
        )
        say(
          'running',
          view(offer.running)[t],
          horizon(({ running }) => running),
        )
        program.offers[k].layers.forEach((layer, l) =>
          say(
            `layer ${layer}`,
            view(offer.layers[l])[t],
            horizon(({ layers }) => layers[layer] ?? 0),
            cost,
          ),
        )
        const overMonths = horizon(({ overage }) => (overage.flag ? 1 : 0))
        if (!offer.overage) {
          say('months with overage', 0, overMonths)
          return
        }
        const used = sum(slow.conversations) * Math.max(1, drawnActions(inputs.columns, t, scenario.conversations.actions))
        say('months with overage', view(offer.overage.count)[t], overMonths)
        say('any overage', view(offer.overage.any)[t], overMonths > 0 ? 1 : 0)
        say(
          'overage',
          view(offer.overage.quantity)[t],
          horizon(({ overage }) => overage.quantity),
          used,
        )
        say(
          'cost of overage',
          view(offer.overage.amount)[t],
          horizon(({ overage }) => overage.amount),
          cost,
        )
        say(
          'unused',
          view(offer.overage.unused)[t],
          horizon(({ unused }) => unused),
          horizon(({ unused }) => unused) + used,
        )
      })
    }
  }
  return found
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

const drawnActions = (columns: ReadonlyMap<string, Float64Array>, trial: number, actions: unknown): number =>
  typeof actions === 'number' ? actions : (columns.get('conversations.actions')?.[trial] ?? 1)
