// Compiles correlations into triangular factors.
import { ScenarioError } from '../errors.ts'
import { cholesky } from '../numerics/distributions/special/cholesky.ts'
import { innovationCorrelation } from '../numerics/distributions/special/noise-correlation.ts'
import type { Actuals, Correlation, ResolvedScenario } from '../scenario/resolved.ts'
import { studentTail } from './copula.ts'
import type { ActualsProgram, Mix, NoiseProgram, Program } from './program.ts'
import type { CompileTools } from './tools.ts'

/** One factor for the correlated inputs, or for each group of a t copula. Noises have one for their first month, and one for later months. */
export function mixesOf(
  { correlations, copula, months }: Pick<ResolvedScenario, 'correlations' | 'copula' | 'months'>,
  inputs: Program['inputs'],
  noises: readonly NoiseProgram[],
  tools: CompileTools,
): Program['mixes'] {
  const names = [...new Set(correlations.flatMap(({ between }) => between))]
  const once = names.filter((name) => !name.endsWith('.noise'))
  const varying = names.flatMap((name) => noises.find((noise) => noise.name === name) ?? [])
  const rhoOf = (a: string, b: string) => correlations.find(({ between }) => between.includes(a) && between.includes(b))?.rho ?? 0
  const factors = noiseFactors(rhoOf, correlations)
  const groups = copula ? groupsOf(once, correlations) : [once]
  const mixes: Mix[] = groups
    .filter((group) => group.length > 1)
    .map((group) => ({
      dimensions: group.map((name) => inputs.find((input) => input.name === name)?.dimension ?? -1),
      factor: factorOf(group, rhoOf, correlations),
      ...(copula && { tail: studentTail(copula.t, tools.dimension(`copula.${group[0]}`), tools) }),
    }))
  for (let m = 0; m < months; m++) {
    const open = varying.filter(({ closed = 0 }) => m >= closed)
    if (open.length > 1) mixes.push({ dimensions: open.map((noise) => noise.dimensions[m]), factor: factors.of(open, m) })
  }
  return mixes
}

/** The factors of noises in a month. Those of later months are the same. */
function noiseFactors(rhoOf: (a: string, b: string) => number, correlations: readonly Correlation[]) {
  const known = new Map<string, Mix['factor']>()
  return {
    of(noises: readonly NoiseProgram[], m: number): Mix['factor'] {
      const names = noises.map(({ name }) => name)
      const key = `${m === 0} ${names.join(' ')}`
      const phi = (name: string) => noises[names.indexOf(name)].phi
      // Whatever is possible in later months is possible in the first one.
      const later = () => factorOf(names, (a, b) => innovationCorrelation(rhoOf(a, b), phi(a), phi(b)), correlations)
      const found = known.get(key) ?? (m === 0 ? factorOf(names, rhoOf, correlations) : later())
      known.set(key, found)
      return found
    },
  }
}

/** The names in groups that correlations join, directly or by way of others. */
export function groupsOf(names: readonly string[], correlations: readonly Correlation[]): string[][] {
  const groups: string[][] = []
  for (const name of names) {
    if (groups.some((group) => group.includes(name))) continue
    const group = [name]
    // The group grows while it is gone through.
    for (const member of group)
      for (const { between } of correlations)
        if (between.includes(member)) group.push(...between.filter((other) => !group.includes(other)))
    groups.push(names.filter((own) => group.includes(own)))
  }
  return groups
}

/** @throws ScenarioError that names a pair to relax */
function factorOf(
  names: readonly string[],
  rhoOf: (a: string, b: string) => number,
  correlations: readonly Correlation[],
): Mix['factor'] {
  const found = cholesky(names.map((a) => names.map((b) => (a === b ? 1 : rhoOf(a, b)))))
  if ('factor' in found) return found.factor
  const k = correlations.findLastIndex(({ between }) => between.includes(names[found.row]))
  const pair = correlations[Math.max(0, k)].between.join(' and ')
  throw new ScenarioError([
    {
      path: `correlations[${k}].rho`,
      message: `expected correlations that are possible together. Move the one between ${pair} closer to 0`,
    },
  ])
}

/** @param offers their names */
export function actualsProgram({ segments, answered, parts, ...totals }: Actuals, offers: readonly string[]): ActualsProgram {
  const counts = ({ conversations, resolutions }: Pick<Actuals, 'conversations' | 'resolutions'>) => ({
    volumes: conversations,
    ...(resolutions && { resolved: resolutions }),
  })
  return {
    ...counts(totals),
    ...(segments && { segments: segments.map(counts) }),
    ...(answered !== undefined && { offer: offers.indexOf(answered) }),
    ...(parts && { parts }),
  }
}
