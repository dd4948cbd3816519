// What do segments cost? The reference scenario as 1 to 16 segments, each with a volume, a noise and a rate of its own. Draws go from random
// numbers to volumes and resolutions, billing from there to annual costs. Allocation splits the bills by segment.
import { parse } from 'yaml'
import { Arena, BLOCK } from '../.cache/modules/numerics/kernel/arena.js'
import { planTrials } from '../.cache/modules/numerics/random/plan.js'
import { createSource } from '../.cache/modules/numerics/random/source.js'
import { BlockWork, keptColumns } from '../.cache/modules/simulation/block.js'
import { modelOf } from '../.cache/modules/simulation/model.js'
import { record } from '../.cache/modules/simulation/tape.js'
import { compiled, MONTHS, referenceText, round } from './scenario.mjs'

const COUNTS = [1, 2, 4, 8, 16]
const BLOCKS = 4
const ROUNDS = 60

/** The reference scenario in equal segments. */
function segmented(count) {
  const { conversations, resolution, ...plan } = parse(referenceText)
  const { noise, monthly } = conversations
  const one = { conversations: { noise, monthly: monthly.map((volume) => volume / count) }, resolution }
  return JSON.stringify({ ...plan, segments: Object.fromEntries(Array.from({ length: count }, (_, s) => [`s${s}`, one])) })
}

/** A block's nodes. */
function tapeOf(model, program, nodes) {
  const arena = new Arena()
  const source = createSource(arena, planTrials(1_000_000, 'sobol'), 'bench', program.dimensions)
  let at = 0
  const uniforms = (dimension, out, count) => source.fill(dimension, 0, at, out, count)
  const sinks = nodes.map((node) => ({ nodes: [node], take() {} }))
  const tape = record(model.graph, sinks, arena, { uniforms })
  return (block) => {
    at = block
    tape.run(BLOCK)
  }
}

/** A block with all statistics and kept trials. */
function statisticsOf(model, program) {
  const plan = planTrials(1_000_000, 'sobol')
  const trials = keptColumns(program).map(() => new Float64Array(plan.trials))
  const work = new BlockWork(new Arena(), model, plan, 'bench', { trials })
  return (block) => work.run(0, block)
}

async function partsOf(count) {
  const program = await compiled(segmented(count))
  const model = modelOf(program)
  const { conversations, usage } = model
  const drawn = program.segments.flatMap(({ rate }, s) => [...conversations.segments[s].volume, ...usage.handled.genuine(s, rate)])
  const whole = modelOf(program)
  const unsplit = { ...whole, offers: whole.offers.map((offer) => ({ ...offer, segments: () => [] })) }
  return {
    draws: tapeOf(model, program, drawn),
    costs: tapeOf(model, program, [...model.costs, model.least]),
    unsplit: statisticsOf(unsplit, program),
    all: statisticsOf(modelOf(program), program),
  }
}

/**
 * Nanoseconds of each part a trial-month. Rounds go through all parts, so that other work on the machine falls on all alike. The smallest
 * time counts, since such work only adds time.
 */
async function measured() {
  const parts = await Promise.all(COUNTS.map(partsOf))
  const times = parts.map((own) => Object.fromEntries(Object.keys(own).map((key) => [key, []])))
  for (let k = -1; k < ROUNDS; k++) {
    for (const [c, own] of parts.entries()) {
      for (const [key, run] of Object.entries(own)) {
        const began = performance.now()
        for (let block = 0; block < BLOCKS; block++) run(block)
        if (k >= 0) times[c][key].push(((performance.now() - began) * 1e6) / BLOCKS / BLOCK / MONTHS)
      }
    }
  }
  return times.map((own) => Object.fromEntries(Object.entries(own).map(([key, found]) => [key, Math.min(...found)])))
}

export async function segments() {
  const found = await measured()
  return found.map(({ draws, costs, unsplit, all }, c) => ({
    segments: COUNTS[c],
    draws: round(draws),
    billing: round(costs - draws),
    statistics: round(unsplit - costs),
    allocation: round(all - unsplit),
    all: round(all),
    'times one segment': round(all / found[0].all),
  }))
}
