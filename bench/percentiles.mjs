// How long do all percentiles and standard errors of a million kept trials take, compared with the simulation and with sorting?
import { Arena } from '../.cache/modules/numerics/kernel/arena.js'
import { planTrials } from '../.cache/modules/numerics/random/plan.js'
import { BlockWork, keptColumns } from '../.cache/modules/simulation/block.js'
import { modelOf } from '../.cache/modules/simulation/model.js'
import { levelsOf, orderFiguresOf } from '../.cache/modules/numerics/estimators/levels.js'
import { selectedSample } from '../.cache/modules/numerics/estimators/selected.js'
import { compiled, round, seconds } from './scenario.mjs'

export async function percentiles() {
  const program = await compiled()
  const plan = planTrials(1_000_000, 'sobol')
  const trials = keptColumns(program).map(() => new Float64Array(plan.trials))
  const work = new BlockWork(new Arena(), modelOf(program), plan, 'bench', { trials })
  const simulate = () => {
    for (let replicate = 0; replicate < plan.replicates; replicate++)
      for (let block = 0; block < plan.blocksPerReplicate; block++) work.run(replicate, block)
  }
  const simulation = await seconds(simulate, 3)
  const extremes = trials.map((values) =>
    values.reduce(({ min, max }, x) => ({ min: Math.min(min, x), max: Math.max(max, x) }), { min: Infinity, max: -Infinity }),
  )
  const figures = (values, k) => orderFiguresOf(selectedSample(values, plan.replicates, extremes[k], levelsOf(true)), true)
  const selecting = await seconds(() => trials.forEach(figures), 5)
  const sorting = await seconds(() => trials[0].slice().sort(), 3)
  return [
    { what: 'simulation of 1,015,808 trials, six offers', ms: round(1000 * simulation), 'share of it': 1 },
    {
      what: 'all percentiles, shortfalls and errors of six offers',
      ms: round(1000 * selecting),
      'share of it': round(selecting / simulation),
    },
    { what: 'sorting one offer', ms: round(1000 * sorting), 'share of it': round(sorting / simulation) },
  ]
}
