// Compiles the plans of a portfolio into programs that share their trials. An input that is not shared has a dimension of its own.
import type { Dimension } from '../numerics/random/source.ts'
import { distributionOf, type DistributionSpec, type Uncertain } from '../numerics/distributions/index.ts'
import { meanRate } from '../scenario/portfolio/currencies.ts'
import type { PortfolioCorrelation } from '../scenario/portfolio/correlations.ts'
import type { PortfolioPlan } from '../scenario/portfolio/plans.ts'
import type { ResolvedPortfolio } from '../scenario/portfolio/resolve.ts'
import type { ResolvedScenario } from '../scenario/resolved.ts'
import { compile, type Shared, sharedNothing } from './compile.ts'
import { groupsOf, mixesOf } from './correlations.ts'
import { type Draw, type Measure, type NoiseProgram, type Program, volumeNoises } from './program.ts'
import { tabulate } from './table.ts'
import { type CompileTools, compileTools } from './tools.ts'

/** One plan of a portfolio, ready to run on the common trials. */
export interface PlanProgram {
  readonly name: string
  readonly program: Program
  /** Its first month, counted from that of the portfolio. */
  readonly from: number
  /** The price of one unit of its currency. */
  readonly rate: number | Draw
  /** The plan with its exchange rates at their means, for its point estimate. */
  readonly certain: ResolvedScenario
  readonly meanRate: number
}

export interface PortfolioProgram {
  readonly plans: readonly PlanProgram[]
  readonly dimensions: readonly Dimension[]
  readonly mixes: Program['mixes']
}

/** A rate is above 0. */
const LEAST_RATE = Number.MIN_VALUE

export function compilePortfolio(portfolio: ResolvedPortfolio, measure: Measure): PortfolioProgram {
  const shared = sharedNothing()
  const tools = compileTools(shared, portfolio.months)
  const rates = ratesOf(portfolio, tools)
  const compiled = portfolio.plans.map((plan) => compilePlan(plan, portfolio, { measure, rates, shared }))
  const noises = compiled.flatMap(({ noises: own }) => own)
  const inputs = [...compiled.flatMap(({ inputs: own }) => own), ...rateInputs(rates)]
  const mixes = mixesBetween(portfolio, inputs, noises, tools)
  const important = [
    inputs.map(({ dimension }) => dimension),
    mixes.flatMap(({ tail }) => (tail ? [tail.dimension] : [])),
    noises.flatMap(({ dimensions }) => dimensions),
  ]
  const order = new Set([...important.flat(), ...shared.dimensions.keys()])
  const place = new Map([...order].map((d, coordinate) => [d, coordinate]))
  const dimensions = shared.dimensions.map(({ name }, d) => ({ name, coordinate: place.get(d) ?? d }))
  return {
    plans: compiled.map(({ plan }) => ({
      ...plan,
      program: { ...plan.program, dimensions, mixes: mixesIn(plan.program, mixes, rates) },
    })),
    dimensions,
    mixes,
  }
}

type RateDraw = Draw & { readonly spec: DistributionSpec }
type RateDraws = ReadonlyMap<string, number | RateDraw>

/** The rate of each currency in the portfolio's. */
function ratesOf({ rates, currency }: ResolvedPortfolio, { dimension, table }: CompileTools): RateDraws {
  const drawn = Object.entries(rates).map(([code, rate]): [string, number | RateDraw] => {
    if (typeof rate === 'number') return [code, rate]
    const made = table(['rate', rate], () => tabulate(distributionOf(rate), LEAST_RATE))
    return [code, { spec: rate, dimension: dimension(`exchange.${code}`), table: made }]
  })
  return new Map([...drawn, [currency, 1]])
}

const rateInputs = (rates: RateDraws): NamedDraw[] =>
  [...rates].flatMap(([code, rate]) => (typeof rate === 'number' ? [] : [{ ...inputOf(`exchange.${code}`, rate), mean: 1 }]))

type NamedDraw = Program['inputs'][number]
const inputOf = (name: string, { dimension, table }: Draw) => ({ name, dimension, table })

interface Common {
  readonly measure: Measure
  readonly rates: RateDraws
  readonly shared: Shared
}

interface Compiled {
  readonly plan: PlanProgram
  /** By their names in the portfolio. */
  readonly inputs: readonly NamedDraw[]
  readonly noises: readonly NoiseProgram[]
}

function compilePlan(plan: PortfolioPlan, portfolio: ResolvedPortfolio, { measure, rates, shared }: Common): Compiled {
  const { name, scenario } = plan
  const from = scenario.start - portfolio.start
  const named = (own: string): string => {
    const [, base, month] = /^(.*)\[(\d+)\]$/.exec(own) ?? []
    if (portfolio.shared.has(own)) return own
    // Shared noises and events are drawn by calendar month.
    if (base !== undefined && portfolio.shared.has(base)) return `${base}[${Number(month) + from}]`
    return `${name}.${own}`
  }
  const { copula: _, ...rest } = scenario
  const own = { ...rest, correlations: [] as const }
  const tools = compileTools({ ...shared, named }, scenario.months)
  const program = compile(withRates(own, rates, plainRate), { measure, pairs: 'none' }, { ...shared, named })
  const inPortfolio = (one: string) => (portfolio.shared.has(one) ? one : `${name}.${one}`)
  const labeled = compileTools(shared, portfolio.months)
  const whole = (noise: NoiseProgram) => wholeNoise(noise, portfolio, { from, name: inPortfolio(noise.name), tools: labeled })
  const joint = ({ name: one }: NoiseProgram) => isJoint(inPortfolio(one), portfolio)
  const lasting = (noise: NoiseProgram): Partial<NoiseProgram> =>
    joint(noise) && from > 0 ? { earlier: from, dimensions: whole(noise).dimensions.slice(0, from + scenario.months) } : {}
  const noises = [...volumeNoises(program), ...program.noises]
  const lastingIn = <T extends { readonly noise?: NoiseProgram }>(volume: T): T =>
    volume.noise ? { ...volume, noise: { ...volume.noise, ...lasting(volume.noise) } } : volume
  return {
    plan: {
      name,
      from,
      rate: rates.get(scenario.currency) ?? 1,
      program: {
        ...program,
        inputs: program.inputs.map((input) => withDraws(input, scenario, rates, tools)),
        volume: lastingIn(program.volume),
        segments: program.segments.map(lastingIn),
        noises: program.noises.map((noise) => ({ ...noise, ...lasting(noise) })),
      },
      certain: withRates(own, rates, meanOf),
      meanRate: meanOf(rates.get(scenario.currency) ?? 1),
    },
    inputs: program.inputs
      .filter(({ name: one }) => !one.startsWith('exchange.'))
      .map((input) => ({ ...input, name: inPortfolio(input.name) })),
    noises: noises
      .filter(({ sd }) => sd > 0)
      .map((noise) => (joint(noise) ? whole(noise) : { ...noise, name: inPortfolio(noise.name) })),
  }
}

/** Whether a noise is one with those of other plans, or correlated with another. It then has every month of the portfolio. */
const isJoint = (name: string, { shared, correlations }: ResolvedPortfolio): boolean =>
  shared.has(name) || correlations.some(({ between }) => between.includes(name))

/** The noise in all months of the portfolio, for its correlations with others. */
function wholeNoise(
  noise: NoiseProgram,
  { months, shared }: ResolvedPortfolio,
  { from, name, tools }: { readonly from: number; readonly name: string; readonly tools: CompileTools },
): NoiseProgram {
  // A noise of one plan counts its months from that plan's first.
  const label = (m: number) =>
    shared.has(name) ? `${name}[${m}]` : m < from ? `${name}[before ${from - m}]` : `${name}[${m - from}]`
  return { name, phi: noise.phi, sd: noise.sd, dimensions: Array.from({ length: months }, (_, m) => tools.dimension(label(m))) }
}

const plainRate = (rate: number | RateDraw): Uncertain => (typeof rate === 'number' ? rate : rate.spec)
const meanOf = (rate: number | RateDraw): number => meanRate(plainRate(rate))

/** The plan with the rates of the portfolio: those of other currencies in its own. */
function withRates<S extends ResolvedScenario>(scenario: S, rates: RateDraws, read: (rate: number | RateDraw) => Uncertain): S {
  const own = rates.get(scenario.currency) ?? 1
  const others = [...rates].filter(([code]) => code !== scenario.currency)
  const exchange = Object.fromEntries(
    others.map(([code, rate]) => {
      const above = read(rate)
      const below = read(own)
      if (typeof above === 'number' && typeof below === 'number') return [code, above / below]
      // `withDraws` gives the input its draws. Until then it only has to be uncertain.
      return [code, typeof above === 'number' ? below : above]
    }),
  )
  return { ...scenario, exchange }
}

/** An exchange rate of the plan is a quotient of two rates of the portfolio. */
function withDraws(input: NamedDraw, scenario: ResolvedScenario, rates: RateDraws, { table }: CompileTools): NamedDraw {
  const code = /^exchange\.(.+)$/.exec(input.name)?.[1]
  if (code === undefined) return input
  const above = rates.get(code) ?? 1
  const below = rates.get(scenario.currency) ?? 1
  const factor = (typeof above === 'number' ? above : 1) / (typeof below === 'number' ? below : 1)
  const made =
    typeof above === 'number'
      ? table(['constant', factor], () => tabulate(distributionOf(factor)))
      : table(['rate', above.spec, factor], () => tabulate(scaledBy(factor, above.spec), LEAST_RATE))
  const dimension = typeof above === 'number' ? (typeof below === 'number' ? input.dimension : below.dimension) : above.dimension
  return {
    ...input,
    dimension,
    table: made,
    mean: meanOf(above) / meanOf(below),
    ...(typeof below !== 'number' && { divisor: { dimension: below.dimension, table: below.table } }),
  }
}

function scaledBy(factor: number, spec: DistributionSpec) {
  const own = distributionOf(spec)
  return factor === 1 ? own : { ...own, quantile: (p: number, q: number) => factor * own.quantile(p, q) }
}

/** One factor for each group of inputs and noises that correlations join. */
function mixesBetween(
  { correlations, months }: ResolvedPortfolio,
  inputs: readonly NamedDraw[],
  noises: readonly NoiseProgram[],
  tools: CompileTools,
): Program['mixes'] {
  const names = [...new Set(correlations.flatMap(({ between }) => between))]
  return groupsOf(names, correlations).flatMap((group) => {
    const own: PortfolioCorrelation[] = correlations.filter(({ between }) => group.includes(between[0]))
    const copula = own[0]?.copula
    return mixesOf({ correlations: own, months, ...(copula && { copula }) }, inputs, noises, tools)
  })
}

/** The mixes that a plan's draws are part of. Others would only make its graph larger. */
function mixesIn(program: Program, mixes: Program['mixes'], rates: RateDraws): Program['mixes'] {
  const { inputs, noises } = program
  const own = new Set([
    ...inputs.flatMap(({ dimension, divisor }) => (divisor ? [dimension, divisor.dimension] : [dimension])),
    ...[...volumeNoises(program), ...noises].flatMap(({ dimensions }) => dimensions),
    ...[...rates.values()].flatMap((rate) => (typeof rate === 'number' ? [] : [rate.dimension])),
  ])
  return mixes.filter(({ dimensions }) => dimensions.some((dimension) => own.has(dimension)))
}
