import {
  backtest,
  breakEven,
  diff,
  calibrate,
  charts,
  fairPrice,
  fit,
  optimize,
  pilot,
  reforecast,
  sensitivity,
  stress,
  sweep,
  track,
  valueOfInformation,
} from '../../../src/api/index.ts'
import { noFiles } from '../../../src/scenario/resolve/files.ts'
import { Study } from '../../../src/questions/study.ts'
import { formatMonth } from '../../../src/months.ts'
import { calls, type Subject } from '../input.ts'

const trials = 256
/** A CSV file with one column. */
const column = (...lines: readonly unknown[]) => `${lines.join('\n')}\n`
const rows = await fit([41, 38, 52, 47, 44, 39, 50, 46])
const equal = await fit(new Array<number>(8).fill(5))
const fin = { charges: [{ meter: 'resolutions', price: '$0.99' }] }
const flat = { charges: [{ meter: 'conversations', price: '$0.65' }] }
const plan = {
  conversations: { base: '45k to 60k' },
  resolution: { rate: '60% to 70%' },
  offers: { fin, flat },
} as never
const other = (more: object) => ({ ...(plan as object), ...more }) as never
/** Whose offers differ in nothing. */
const twins = other({ offers: { fin, ada: fin } })
const plain = (currency: string) => other({ currency, offers: { fin: { charges: [{ meter: 'resolutions', price: 0.99 }] } } })
/** Whose usage jumps in few trials. */
const rare = other({
  conversations: { base: 1, spikes: { probability: '0.2%', size: 1e6 } },
  offers: { fin: { charges: [{ meter: 'conversations', price: '$1' }] }, flat: { charges: [{ fee: '$1' }] } },
})
/** With 501 offers. */
const offers = (fee: number) =>
  other({ offers: Object.fromEntries(Array.from({ length: 501 }, (_, k) => [`o${k}`, { charges: [{ fee }] }])) })
const closed = other({ conversations: { base: '45k to 60k', noise: { cv: '0.1%' } }, actuals: 'closed.csv' })
/** A base without a range, which no actual month can move. */
const single = { conversations: { base: '50k', noise: { cv: '2%' } } }
const far = { files: { 'closed.csv': 'month,conversations\n2027-01,90000\n2027-02,90000\n' } }
/** Three noises of which each follows from the two others. */
const three = ['chat', 'email', 'voice']
const joined = other({
  conversations: {},
  segments: Object.fromEntries(three.map((name) => [name, { conversations: { base: '10k', noise: { cv: '8%' } } }])),
  correlations: [
    [0, 1, 0.8],
    [1, 2, 0.8],
    [0, 2, 0.28],
  ].map(([a, b, rho]) => ({ between: [a, b].map((k) => `segments.${three[k]}.conversations.noise`), rho })),
  actuals: 'closed.csv',
})
const inThree = `month,segment,conversations\n${three.map((name) => `2027-01,${name},10000\n`).join('')}`
const near = { files: { 'closed.csv': 'month,conversations\n2027-01,50000\n' } }
const ends = ['fin', 'flat'] as const
const path = 'resolution.rate'
const euro = other({ exchange: { EUR: 'normal(1.08, 0.05)' } })
const varied = (bounds: unknown) => ({ offer: 'fin', vary: { [path]: bounds }, trials })
const changed = await diff(plan, other({ resolution: { rate: '70% to 80%' } }), { trials })
const swept = await sweep(plan, { [path]: '60%:70%:5pt', 'offers.fin.price': '0.9,1' }, { trials })
const byThree = await sweep(plan, { [path]: [0.6], 'conversations.base': [1_000], 'offers.fin.price': [1] }, { trials })
/** One row for each channel and month, of which there are too few. */
const inChannels = (names: readonly string[]) =>
  `month,channel,tickets\n${names.map((name, k) => `2026-0${1 + Math.floor(k / 2)},${name},1000\n`).join('')}`
/** Months with an invoice and no resolutions. */
const invoiced = (count: number) =>
  months(count)
    .trim()
    .split('\n')
    .map((row, k) => `${row},${k === 0 ? 'invoice' : 100}\n`)
    .join('')
const months = (n: number) =>
  `month,tickets\n${Array.from({ length: n }, (_, k) => `${formatMonth(24000 + k)},${1000 + k}\n`).join('')}`

export const subjects: Subject[] = [
  {
    folder: 'questions/negotiate',
    inputs: calls(
      () => breakEven(plan, path, ['fin', 'fin'], { trials }),
      () => breakEven(plan, path, ['fin', 'ada'], { trials }),
      () => breakEven(plan, path, ends, { trials, bounds: ['50%'] as never }),
      () => breakEven(plan, path, ends, { trials, bounds: ['90%', '50%'] }),
      () => breakEven(plan, path, ends, { trials, bounds: [Number.NaN, 0.9] }),
      () => breakEven(plan, path, ends, { trials, bounds: ['half', '90%'] }),
      () => breakEven(plan, path, ends, { trials, bounds: ['50%', 7] }),
      () => breakEven(plan, path, ends, { trials, bounds: ['90%', '95%'] }),
      () =>
        breakEven(other({ conversations: { base: '50k' }, resolution: { rate: '65%' } }), path, ends, {
          trials,
          bounds: ['90%', '95%'],
        }),
      () => breakEven(twins, path, ['fin', 'ada'], { trials }),
      () => breakEven(other({ conversations: { monthly: new Array(12).fill(5) } }), 'months', ends, { trials }),
      () => breakEven(rare, 'offers.flat.fee', ends, { trials: 32, bounds: ['$1', '$1bn'] }),
      () => optimize(plan, varied(5) as never),
      () => breakEven(closed, path, ends, { trials, ...near }),
      () => fairPrice(plan, path, { against: 'flat', trials }),
      () => fairPrice(plan, 'offers.fin.price', { against: 'fin', trials }),
      () => optimize(plan, { offer: 'fin', vary: {}, trials }),
      () => optimize(plan, { offer: 'fin', vary: { 'offers.fin.price': [1, 2], 'offers.fin.charges[0].price': [1, 2] }, trials }),
      () => optimize(plan, { ...varied(['50%', '90%']), minimize: 'median' } as never),
      () => optimize(plan, { ...varied(['50%', '90%']), require: 'cheap' } as never),
      () => optimize(plan, { ...varied(['50%', '90%']), require: 'P80 at most lots' } as never),
      () => optimize(plan, { ...varied(['50%', '90%']), require: 'luck at most 5' } as never),
      () => optimize(plan, { ...varied(['50%', '90%']), require: { statistic: 'p80' } } as never),
      () => optimize(plan, { ...varied(['50%', '90%']), require: 'P80 at most $5' } as never),
      () => optimize(plan, { ...varied(['50%', '90%']), require: 'P80 at most €5' } as never),
      () => optimize(plan, { ...varied(['50%', '90%']), require: 'P80 at most Q$5' } as never),
      () => optimize(euro, { ...varied(['50%', '90%']), require: 'P80 at most €5' } as never),
      () => optimize(plan, { ...varied(['50%', '90%']), require: 'P(within 110% of budget) at least 60%' } as never),
      () => sweep(plan, {}, { trials }),
      () => sweep(plan, { 'offers.fin.price': [1], 'offers.fin.charges[0].price': [1] }, { trials }),
      () => sweep(plan, { [path]: 5 as never }, { trials }),
      () => sweep(plan, { [path]: '50%:90%' }, { trials }),
      () => sweep(plan, { [path]: '90%:50%:5pt' }, { trials }),
      () => sweep(plan, { [path]: '0%:100%:0.001%' }, { trials }),
      () => sweep(plan, { [path]: '50%:90%:0.1%', 'offers.fin.price': '1:2:0.01' }, { trials }),
    ),
  },
  {
    folder: 'questions',
    inputs: calls(async () =>
      (await Study.of(plan, noFiles, { trials })).run(
        [(await Study.of(plan, noFiles, { trials })).base],
        () => ['fin'],
        (cost) => cost('flat'),
      ),
    ),
  },
  {
    folder: 'questions/explain',
    inputs: calls(
      () => diff(plan, other({ currency: 'EUR' }), { trials }),
      () => diff(plan, other({ offers: { ada: fin } }), { trials }),
      () => diff(plain('USD'), plain('EUR'), { trials }),
      () => diff(offers(1), offers(2), { trials }),
      () => diff(plan, other({ resolution: {}, offers: { fin: flat } }), { trials }),
      () => valueOfInformation(plan, { inputs: ['colour'], trials } as never),
      () => valueOfInformation(closed, { trials, ...near }),
      () => sensitivity(plan, { offer: 'ada', trials }),
      () =>
        sensitivity(other({ correlations: [{ between: ['conversations.base', path], rho: 0.5 }] }), {
          offer: 'fin',
          order: 2,
          trials,
        }),
      () => stress(plan, { offer: 'ada', trials }),
      () => pilot(plan, { input: path, sizes: [], trials }),
      () => pilot(plan, { input: path, sizes: [0.5], trials }),
      () => pilot(plan, { input: path, cost: { fixed: -1 }, trials }),
      () => pilot(plan, { input: 'conversations.base', trials }),
      () => pilot(plan, { input: path, cv: 0.1, sd: 0.1, trials }),
      () =>
        pilot(other({ conversations: { base: '50k', growth: 'normal(0%, 1%)/month' } }), {
          input: 'conversations.growth',
          cv: 0.1,
          trials,
        }),
    ),
  },
  {
    folder: 'questions/replan',
    inputs: calls(
      () => reforecast(plan, { trials: 1024 }),
      () => reforecast(closed, { trials: 1024, ...far }),
      () => reforecast(other({ ...single, actuals: 'closed.csv' }), { trials: 1024, ...far }),
      () => reforecast(joined, { trials: 1024, files: { 'closed.csv': inThree } }),
      () => track(other({ conversations: { base: '50k', noise: { cv: '8%' } } }), { actuals: '', trials: 1024 }),
      () => track(other({ conversations: { base: '50k', noise: { cv: '8%' } } }), { actuals: undefined as never, trials: 1024 }),
    ),
  },
  {
    folder: 'questions/backtest',
    inputs: calls(
      () => backtest(months(60), { from: '2000-06' }),
      () => backtest(months(30)),
      () => backtest(months(60), { offer: 'finn' }),
      () => backtest(months(60), { offer: 'fin' }),
      () => backtest(invoiced(60), { offer: 'fin' }),
      () => calibrate('month,tickets\n'),
      () => calibrate(inChannels(['chat', '', 'chat', 'mail'])),
      () => calibrate(inChannels(['live chat', 'live-chat'])),
      () => calibrate(inChannels(['chat', 'mail'])),
    ),
  },
  {
    folder: 'questions/fit',
    inputs: calls(
      () => fit([1, 2, 3]),
      () => fit(new Array<number>(1_000_001).fill(5)),
      () => fit([1, 2, Number.NaN, 4, 5, 6, 7, 8]),
      () => fit(5 as never),
      () => fit([1, 2, 3, 4, 5, 6, 7, 8], { column: 'x' }),
      () => fit([1, 2, 3, 4, 5, 6, 7, 8], { as: 'share' }),
      () => fit([0, 0, 0, 0, 0, 0, 0, 1e-320]),
      () => fit(column('x', 1, 2, 3, 4, 'five', 6, 7, 8)),
      () => fit(column('x', '1%', 2, 3, 4, 5, 6, 7, 8)),
      () => fit(column('x,y', '1,2', '3,4'), { column: 'z' }),
      () => fit(column('x,y', '1,2', '3,4')),
      () => fit(column('x,y', 'a,b', 'c,d')),
      () => fit(column('4', 5, 6, 7)),
    ),
  },
  {
    folder: 'present/charts',
    inputs: calls(
      () => charts.quantiles(rows, 'cauchy'),
      () => charts.histogram(equal),
      () => charts.diff(changed, 'ada', 'USD'),
      () => charts.sweep(swept, 'ada', 'USD'),
      () => charts.sweep(swept, 'fin', 'USD', 'p99' as never),
      () => charts.sweep(byThree, 'fin', 'USD'),
    ),
  },
]
