// Resolves correlations to the canonical names of their inputs.
import { type Problem, shown } from '../../errors.ts'
import { canonicalName, uncertainInputs } from '../names.ts'
import { innovationCorrelation, largestCorrelation } from '../noise-correlation.ts'
import type { Correlation, ResolvedScenario } from '../resolved.ts'
import type { RawScenario } from '../schema.ts'

/** The monthly noises by name, with their autocorrelations. */
const noisesOf = (scenario: ResolvedScenario): ReadonlyMap<string, number> =>
  new Map(
    [
      ['conversations.noise', scenario.conversations.noise] as const,
      ['resolution.noise', scenario.resolution?.noise] as const,
      ...scenario.offers.map(({ name, resolution }) => [`offers.${name}.resolution.noise`, resolution?.noise] as const),
    ].flatMap(([name, noise]) => (noise ? [[name, noise.autocorrelation]] : [])),
  )

export function resolveCorrelations(raw: RawScenario, scenario: ResolvedScenario, problems: Problem[]): Correlation[] {
  const noises = noisesOf(scenario)
  const named = raw.correlations.map(({ between }) => between.map((name) => canonicalName(scenario, name)))
  return raw.correlations.map(({ between, rho }, k) => {
    checkNames(between, named[k], k, { scenario, noises }, problems)
    const [a = '', b = ''] = named[k]
    if (a !== '' && b !== '') checkPair(a, b, k, named, problems)
    const [phi, other] = [noises.get(a), noises.get(b)]
    if (phi !== undefined && other !== undefined) checkReach(rho, [phi, other], k, problems)
    return { between: [a, b], rho }
  })
}

function checkNames(
  written: readonly string[],
  names: readonly (string | undefined)[],
  k: number,
  { scenario, noises }: { readonly scenario: ResolvedScenario; readonly noises: ReadonlyMap<string, number> },
  problems: Problem[],
): void {
  names.forEach((name, side) => {
    if (name !== undefined) return
    const known = [...uncertainInputs(scenario).map((input) => input.name), ...noises.keys()].slice(0, 12).join(', ')
    problems.push({
      path: `correlations[${k}].between[${side}]`,
      message: `expected the name of an uncertain input (${known || 'this plan has none'}), got ${shown(written[side])}`,
    })
  })
}

function checkPair(
  a: string,
  b: string,
  k: number,
  named: readonly (readonly (string | undefined)[])[],
  problems: Problem[],
): void {
  const say = (message: string) => problems.push({ path: `correlations[${k}].between`, message: `expected ${message}` })
  if (a.endsWith('.noise') !== b.endsWith('.noise'))
    say('two monthly noises or two inputs that are drawn once a trial, got one of each')
  const earlier = named.findIndex((other) => other.includes(a) && other.includes(b))
  if (earlier < k) say(`each pair only once, got ${a} and ${b} again as in correlations[${earlier}]`)
  if (a === b) say(`two different inputs, got ${shown(a)} twice`)
}

/** Noises with different autocorrelations drift apart, so their levels cannot be correlated fully. */
function checkReach(rho: number, phis: readonly [number, number], k: number, problems: Problem[]): void {
  if (Math.abs(innovationCorrelation(rho, ...phis)) <= 1) return
  const most = Math.floor(largestCorrelation(...phis) * 1e4) / 1e4
  problems.push({
    path: `correlations[${k}].rho`,
    message: `expected a correlation from ${-most} to ${most}, the largest that noises with autocorrelations ${phis.join(' and ')} can have every month, got ${rho}`,
  })
}
