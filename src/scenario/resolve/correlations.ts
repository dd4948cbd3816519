// Resolves correlations to the canonical names of their inputs.
import { type Problem, shown } from '../../errors.ts'
import { canonicalName, uncertainInputs } from '../names.ts'
import type { Correlation, ResolvedScenario } from '../resolved.ts'
import type { RawScenario } from '../schema.ts'

const noises = (scenario: ResolvedScenario): string[] => [
  ...(scenario.conversations.noise ? ['conversations.noise'] : []),
  ...(scenario.resolution?.noise ? ['resolution.noise'] : []),
  ...scenario.offers.filter((offer) => offer.resolution?.noise).map((offer) => `offers.${offer.name}.resolution.noise`),
]

export function resolveCorrelations(raw: RawScenario, scenario: ResolvedScenario, problems: Problem[]): Correlation[] {
  const named = raw.correlations.map(({ between }) => between.map((name) => canonicalName(scenario, name)))
  return raw.correlations.map(({ between, rho }, k) => {
    checkNames(between, named[k], k, scenario, problems)
    const [a = '', b = ''] = named[k]
    if (a !== '' && b !== '') checkPair(a, b, k, named, problems)
    return { between: [a, b], rho }
  })
}

function checkNames(
  written: readonly string[],
  names: readonly (string | undefined)[],
  k: number,
  scenario: ResolvedScenario,
  problems: Problem[],
): void {
  names.forEach((name, side) => {
    if (name !== undefined) return
    const known = [...uncertainInputs(scenario).map((input) => input.name), ...noises(scenario)].slice(0, 12).join(', ')
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
