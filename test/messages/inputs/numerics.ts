import { parseScalar } from '../../../src/notation/scalar.ts'
import { distributionOf } from '../../../src/numerics/distributions/index.ts'
import { metalog } from '../../../src/numerics/distributions/metalog.ts'
import { join } from '../../../src/numerics/estimators/tree.ts'
import { createKernel } from '../../../src/numerics/kernel/kernel.ts'
import { planTrials } from '../../../src/numerics/random/plan.ts'
import { seedKey } from '../../../src/numerics/random/seed.ts'
import { base, price, yaml } from '../../scenario/slips.ts'
import { calls, cases, type Subject } from '../input.ts'
import { plans } from '../plans.ts'

const rate = (value: string) => yaml(`resolution: { rate: ${value} }`)

/** What the kernel calls where its own checks fail. */
function abort(): void {
  const { Instance } = WebAssembly
  let stop: () => void = () => undefined
  WebAssembly.Instance = function (
    this: unknown,
    module: WebAssembly.Module,
    imports: { readonly env: { readonly abort: () => void } },
  ) {
    stop = imports.env.abort
    return new Instance(module, imports)
  } as unknown as typeof Instance
  try {
    createKernel()
  } finally {
    WebAssembly.Instance = Instance
  }
  stop()
}

export const subjects: Subject[] = [
  {
    folder: 'numerics/distributions',
    inputs: [
      ...plans([
        rate('"beta(0.0001, 1)"'),
        rate('"betaMean(120%, 5%)"'),
        rate('"betaMean(65%, 60%)"'),
        rate('"betaMean(50%, 49.99999%)"'),
        rate('"betaMean(50%, 1e-9)"'),
        rate('"beta(1, 1e16)"'),
        base('"gamma(1e16, 1)"'),
        base('"uniform(0, 1e160)"'),
        base('"lognormal(1e9, 1e12)"'),
        rate('"logitNormal(999, 1)"'),
        rate('{ p10: 0%, p50: 50%, p90: 90% }'),
        base('"normal(50k, 0)"'),
        base('"lognormal(1e-90, 1e11)"'),
        base('"triangular(1, 5, 3)"'),
        base('"pert(1, 5, 3)"'),
        base('"truncatedNormal(0, 1, 50, 60)"'),
        base('"weibull(0.01, 1)"'),
        base('"discrete(1: 0)"'),
        base('{ distribution: discrete, values: [1, 2], weights: [1] }'),
        base('{ distribution: mixture, components: [1], weights: [1, 2] }'),
        base('"mixture(1: -1, 2: 2)"'),
        base('"mixture(1: 0)"'),
        base('{ p10: 40k, p50: 40k, p90: 60k }'),
        base('{ p10: 1, p50: 10, p90: 100000 }'),
        base('{ p10: 40k, p50: 41k, p90: 90k }'),
        base('{ p10: 40k, p20: 40001, p50: 59999, p90: 60k }'),
      ]),
      ...calls(
        () => distributionOf({ distribution: 'normal', mean: Number.NaN, sd: 1 }),
        () => distributionOf({ distribution: 'uniform', min: '1', max: 2 }),
        () => distributionOf({ distribution: 'discrete', values: 5, weights: [1] }),
        () => distributionOf({ distribution: 'mixture', components: ['x'], weights: [1] }),
        () => distributionOf({ distribution: 'zipf' }),
        () => distributionOf({ distribution: 'metalog', form: 'cube', probabilities: [0.1, 0.5, 0.9], values: [1, 2, 3] }),
        () => metalog('plain', [0.1, 0.9], [1, 2]),
        () => metalog('plain', [0.5, 0.1, 0.9], [1, 2, 3]),
      ),
    ],
  },
  {
    folder: 'numerics/random',
    inputs: calls(
      () => planTrials(0, 'sobol'),
      () => planTrials(2 ** 52, 'sobol'),
      () => seedKey(1.5),
    ),
  },
  { folder: 'numerics/kernel', inputs: cases({ 'a check inside the WebAssembly kernel fails': abort }) },
  { folder: 'numerics/estimators', inputs: calls(() => join({ sums: 0 } as never, [])) },
  { folder: 'notation', inputs: calls(() => parseScalar(Number.NaN, 'amount')) },
  {
    folder: 'notation',
    inputs: plans([
      yaml('conversations: { base: 1, growth: { value: 1%, per: month, unit: x } }'),
      base('{ distribution: uniform, min: 1, max: 2, mean: 3 }'),
      base('{ amount: 50k }'),
      base('"discrete(1, 2)"'),
      rate('"logitNormal(60%, 20%)"'),
      rate('"beta(65%, 2)"'),
      base('{ experts: [] }'),
      base('{ experts: [50k] }'),
      base('{ experts: [{ p10: 40k, p90: 60k, name: "" }] }'),
      base('{ experts: [{ p10: 40k, p90: 60k, weight: 0 }] }'),
      base('{ distribution: empirical, column: tickets }'),
      base('45 to 60k'),
      base('45k to 60'),
      rate('0.6 to 70%'),
      price('5 to €6'),
    ]),
  },
]
