import { runShard, prepareScenario, runScenario } from '../../../src/api/run.ts'
import { besideReader, NO_FILES, textOfFile } from '../../../src/api/beside.ts'
import { givenFiles } from '../../../src/api/given.ts'
import {
  Chart,
  charts,
  compare,
  defineCharge,
  distribution,
  distributions,
  element,
  fit,
  offers,
  png,
  report,
  save,
  simulate,
} from '../../../src/api/index.ts'
import { checkRoom } from '../../../src/api/made.ts'
import { SimulationResult } from '../../../src/api/result.ts'
import { home, png as browserPng, readerOf } from '../../../src/platform/browser/index.ts'
import { broughtVega, noReport } from '../../../src/present/charts/core-vega.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'
import { good, yaml } from '../../scenario/slips.ts'
import { calls, cases, type Subject } from '../input.ts'
import { reader } from '../plans.ts'

const trials = 64
const plan = good as never
const two = {
  conversations: { base: '45k to 60k' },
  resolution: { rate: '65%' },
  offers: { fin: good.offers.fin, flat: { charges: [{ meter: 'tickets', price: '$0.65' }] } },
}
const result = await simulate(two as never, { trials })
const means = await simulate(two as never, { trials, monthly: false })
const many = await simulate(
  { ...two, offers: Object.fromEntries(Array.from({ length: 13 }, (_, k) => [`o${k}`, good.offers.fin])) } as never,
  { trials },
)
const finished = await runScenario(two, { trials }, { executor: () => inlineExecutor, reader: reader({}) })
const seeded = await simulate(two as never, { trials, seed: 'other' })
const random = await simulate(two as never, { trials, method: 'random' })
const longer = await simulate(two as never, { trials: 128 })
const uncertain = { ...two, offers: { fin: { charges: [{ meter: 'resolutions', price: '0.9 to 1.1' }] } } }
const priced = await simulate(uncertain as never, { trials })
const kept = await simulate(two as never, { trials: 2 ** 17 })
const unkept = await simulate(two as never, { trials: 2 ** 17, keepTrials: false })
const budgeted = await simulate({ ...two, budget: { offer: 'fin', amount: '$480k' } } as never, { trials })
const untabled = SimulationResult.of(finished)

const rule = { id: 'blocks', version: 1, counts: 'resolutions', bill: () => [0, 0] } as const
const counter = [1, 2].values()
const missing = {
  get resolutions(): number[] {
    throw new RangeError('no such tier')
  },
}
const ruled = (bill: () => unknown) =>
  simulate(
    { ...two, months: 2, offers: { own: { charges: [defineCharge({ ...rule, bill: bill as () => number[] })] } } } as never,
    { trials },
  )

export const subjects: Subject[] = [
  {
    folder: 'api',
    inputs: [
      ...calls(
        () => simulate(yaml('conversations: { monthly: plan.csv }'), { files: {} }),
        () => besideReader(NO_FILES).read('past.csv'),
        () => textOfFile(new Uint8Array([0xe9])),
        () =>
          simulate({ ...two, actuals: 'closed.csv', conversations: { base: '50k', noise: { cv: '8%' } } } as never, {
            files: { 'closed.csv': 'month,conversations\n2027-01,50000\n' },
          }),
        () => simulate(plan, { trials: 1_000_000, keepTrials: true, memory: 1_000 }),
        () => simulate(plan, { trials: 1_000_000, keepTrials: false, memory: 1_000 }),
        () => simulate(two as never, { trials: 1_000, precision: { relative: 0.00001 } }),
        () => simulate(two as never, { trials: 1_000, precision: { relative: 0.5 } }),
        () => simulate('plan.yaml'),
        () => simulate(Promise.resolve(two) as never),
        () => simulate(new Map() as never),
        () => fit('history.csv'),
        () => result.budget('ada', 0.8),
        () => result.budget(undefined as never, 0.8),
        () => result.verdict({ clearAt: 80 }),
        () => result.curve('fin', '2030-01'),
        () => result.difference('fin', 'fin'),
        () => result.difference('fin', 'flat').above('much' as never),
        () => result.convergence('p80'),
        () => result.column('fin', 'cost' as never),
        () => result.column('fin').over(0),
        () => result.column('fin').times('2' as never),
        () => result.column('fin').minus(seeded.column('fin')),
        () => result.column('fin').minus(random.column('fin')),
        () => result.column('fin').minus(longer.column('fin')),
        () => result.column('fin').minus(priced.column('fin')),
        () => kept.column('fin').minus(unkept.column('fin')),
        () => result.chart('pie' as never),
        () => result.chart('fan'),
        () => result.chart('cheapest', 'fin'),
        () => png(result.chart('cheapest'), { scale: 100 }),
        () => png(5 as never),
        () => noReport(),
        () => offers(7 as never),
        () => defineCharge({ ...rule, id: '1st' } as never),
        () => defineCharge({ ...rule, version: '' } as never),
        () => defineCharge({ ...rule, counts: [] } as never),
        () => defineCharge({ ...rule, bill: 5 } as never),
        () => defineCharge({ ...rule, label: '' } as never),
        () => defineCharge({ ...rule, explain: 'words' } as never),
        () => defineCharge({ ...rule, from: '2027-03' } as never),
        () => ruled(() => [Number.NaN, 0]),
        () => ruled(() => [1]),
        () => ruled(() => 7),
        () => ruled(() => [counter.next().value ?? 0, 0]),
        () => ruled(() => missing.resolutions),
        () => ruled(() => [1, 2]),
        () => report(7 as never),
        () => save({} as never, 'results'),
        () => compare({} as never),
        () => compare(result, { difference: ['fin'] as never }),
        () => element(result),
        () => distributions.uniform('1 to 3'),
        () => distribution('1 to 3').quantile(2),
        () => distribution('1 to 3').sample(-1),
        () => distribution('1 to 3').sample(2, {} as never),
        () => distribution('1 to 3').cdf('2' as never),
        () => distribution('1 to'),
        () => element({} as never),
        () => result.save(''),
        () => result.report('pdf' as never),
        () => result.toCSV('days' as never),
        () => untabled.trials(),
        () => givenFiles({}).read('plan.csv'),
        () => besideReader(NO_FILES).read('plan.csv'),
        () => textOfFile(Uint8Array.of(0xff)),
      ),
      ...cases({
        'chart.toSVG() in billcast/core': () => {
          Reflect.deleteProperty(globalThis, Symbol.for('billcast.vega'))
          return broughtVega()
        },
        'result.inputs({ all: true })': async () =>
          checkRoom({ drivers: () => ['a', 'b'], outcome: { plan: { trials: 1_000_000_000 } } } as never, {
            ...home,
            free: () => 2 ** 30,
          }),
        'billcast run --precision 1% --shard 1/2': async () =>
          runShard(
            await prepareScenario(two, { precision: { relative: 0.01 } }, reader({})),
            { index: 1, count: 2 },
            { executor: () => inlineExecutor },
          ),
      }),
    ],
  },
  {
    folder: 'questions',
    inputs: calls(
      () => result.budget('fin', 80),
      () => result.overrun('fin', '480k euros'),
      () => result.overrun('fin', '£400k'),
      () => result.expectedShortfall('fin', 95),
      () => result.withinBudget('fin', 1.1),
      () => budgeted.withinBudget('fin', -1),
      () => result.regret('ada'),
      () => result.segmentRisk('fin'),
      () => result.savings('fin'),
      () => result.acceptability('human.cost'),
      () => result.winners('conversations', 'colour'),
      () => result.chart('experts', 'conversations.base'),
    ),
  },
  {
    folder: 'present/charts',
    inputs: calls(
      () => many.chart('pairwise'),
      () => charts.sweep(undefined as never, 'fin', 'USD'),
      () => charts.tornado({ offer: 'fin', mean: 1, inputs: {} } as never, undefined as never),
      () => result.chart('cheapest').at(20),
      () => new Chart('Costs rise', undefined as never, {}),
      () => new Chart('Costs rise', 'A line.', undefined as never),
      () => result.chart('segments', 'fin'),
      () => result.chart('heads', 'fin'),
      () => result.chart('segments', 'ada'),
      () => result.chart('parts', 'fin'),
      () => means.chart('quarters', 'fin'),
    ),
  },
  {
    folder: 'platform/browser',
    inputs: calls(
      () => readerOf({ folder: '/plans' }),
      () => browserPng(undefined as never),
      () => home.save(finished, 'results', {}, 0),
      () => home.saveAnswer('results', 'check', () => Promise.reject(new Error()), {}),
    ),
  },
]
