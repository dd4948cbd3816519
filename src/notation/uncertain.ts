// What we do not know, as people write it: 60% to 70%, { p10: 40k, p90: 65k }, uniform($1.00, $3.50), { distribution: … }.
import { distributionOf, distributions, isSpec, type DistributionSpec, type Uncertain } from '../distributions/index.ts'
import { logitNormalFromQuantiles, lognormalFromQuantiles, normalFromQuantiles } from '../distributions/interval.ts'
import { ParameterError } from '../errors.ts'
import { expectedScalar, type Kind, parseScalar, type Scalar } from './scalar.ts'

/** Parameters that have no unit, whatever the field. */
const PURE = new Set(['alpha', 'beta', 'shape', 'df'])

const expected = (kind: Kind): string => `${expectedScalar(kind)}, a range such as "A to B", or a distribution`

/** Reads a number or a distribution. The text of a call may nest. */
export function parseUncertain(raw: unknown, kind: Kind): Uncertain {
  const value = read(raw, kind)
  if (typeof value !== 'number') distributionOf(value)
  return value
}

function read(raw: unknown, kind: Kind): Uncertain {
  if (typeof raw === 'number') return parseScalar(raw, kind).value
  if (typeof raw === 'string') return readText(raw.trim(), kind)
  if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) return readObject(raw as Record<string, unknown>, kind)
  throw new ParameterError('', expected(kind), raw)
}

function readText(text: string, kind: Kind): Uncertain {
  const call = /^([A-Za-z]+)\s*\(/.exec(text.slice(0, 60))
  if (call) return readCall(call[1], text, call[0].length, kind)
  const middle = text.indexOf(' to ')
  if (middle >= 0)
    return interval(0.05, parseScalar(text.slice(0, middle), kind), 0.95, parseScalar(text.slice(middle + 4), kind), kind, text)
  return parseScalar(text, kind).value
}

/** Two percentiles as a distribution: shares → logit-normal, positive amounts → lognormal, otherwise normal. */
function interval(p1: number, a: Scalar, p2: number, b: Scalar, kind: Kind, shownAs: unknown): DistributionSpec {
  if (!(a.value < b.value)) throw new ParameterError('', 'a range whose first end is below its second', shownAs)
  const share = (s: Scalar) => s.unit === '%' || ((kind === 'rate' || kind === 'change') && s.unit === '')
  if (share(a) && share(b)) {
    if (a.value > 0 && b.value < 1) return logitNormalFromQuantiles(p1, a.value, p2, b.value)
    if (kind === 'rate')
      throw new ParameterError('', 'ends strictly between 0% and 100% (uniform(…) or pert(…) may reach them)', shownAs)
  }
  // A change may lie on either side of 0, or beyond 100 %.
  if (kind === 'change') return normalFromQuantiles(p1, a.value, p2, b.value)
  if (a.value > 0) return lognormalFromQuantiles(p1, a.value, p2, b.value)
  if (a.value === 0 && kind !== 'points')
    throw new ParameterError('', 'ends above 0 (uniform(…) or pert(…) may begin at 0)', shownAs)
  return normalFromQuantiles(p1, a.value, p2, b.value)
}

/** Splits at commas outside brackets. */
function split(text: string, separator: string): string[] {
  const parts: string[] = []
  let [depth, from] = [0, 0]
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')') depth--
    else if (text[i] === separator && depth === 0) {
      parts.push(text.slice(from, i).trim())
      from = i + 1
    }
  }
  parts.push(text.slice(from).trim())
  return parts
}

function readCall(name: string, text: string, open: number, kind: Kind): DistributionSpec {
  if (text.length > 2000) throw new ParameterError('', 'a call of at most 2,000 characters', text)
  if (!text.endsWith(')')) throw new ParameterError('', `a closing bracket (inside { } a call needs quotes: "${name}(…)")`, text)
  const parts = split(text.slice(open, -1), ',')
  if (name === 'discrete' || name === 'mixture') {
    const pairs = parts.map((part) => {
      const halves = split(part, ':')
      if (halves.length !== 2) throw new ParameterError('', `${name}(value: weight, …)`, text)
      return halves
    })
    const weights = pairs.map(([, weight]) => parseScalar(weight, weight.endsWith('%') ? 'rate' : 'amount').value)
    if (name === 'discrete') return { distribution: name, values: pairs.map(([value]) => parseScalar(value, kind).value), weights }
    return { distribution: name, components: pairs.map(([value]) => readText(value, kind)), weights }
  }
  const law = Object.hasOwn(distributions, name) ? distributions[name] : undefined
  if (!law)
    throw new ParameterError(
      '',
      `one of the distributions ${[...Object.keys(distributions), 'discrete', 'mixture', 'empirical'].join(', ')}`,
      name,
    )
  if (parts.length !== law.parameters.length || parts[0] === '')
    throw new ParameterError('', `${name}(${law.parameters.join(', ')})`, text)
  const entries = law.parameters.map(
    (parameter, k) => [parameter, parseScalar(parts[k], PURE.has(parameter) ? 'amount' : kind).value] as const,
  )
  return { distribution: name, ...Object.fromEntries(entries) }
}

function readObject(raw: Record<string, unknown>, kind: Kind): Uncertain {
  const keys = Object.keys(raw)
  if (isSpec(raw)) return readSpec(raw, kind)
  if (keys.length === 2 && keys.every((key) => /^p\d{1,2}$/.test(key))) {
    const [low, high] = keys.sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))
    const share = (key: string) => Number(key.slice(1)) / 100
    if (!(share(low) > 0)) throw new ParameterError('', 'percentiles from p1 to p99', low)
    return interval(share(low), parseScalar(raw[low], kind), share(high), parseScalar(raw[high], kind), kind, raw)
  }
  throw new ParameterError('', `${expected(kind)}: { distribution: … } or { p10: …, p90: … }`, raw)
}

function readSpec(raw: DistributionSpec, kind: Kind): DistributionSpec {
  const { distribution: name, ...rest } = raw
  if (name === 'discrete' && Array.isArray(rest.values)) {
    return { distribution: name, values: rest.values.map((value) => parseScalar(value, kind).value), weights: rest.weights }
  }
  if (name === 'empirical' && Array.isArray(rest.values))
    return { distribution: name, values: rest.values.map((value) => parseScalar(value, kind).value) }
  if (name === 'mixture' && Array.isArray(rest.components)) {
    return { distribution: name, components: rest.components.map((component) => read(component, kind)), weights: rest.weights }
  }
  const law = typeof name === 'string' && Object.hasOwn(distributions, name) ? distributions[name] : undefined
  if (!law)
    throw new ParameterError(
      'distribution',
      `one of ${[...Object.keys(distributions), 'discrete', 'mixture', 'empirical'].join(', ')}`,
      name,
    )
  for (const key of Object.keys(rest))
    if (!law.parameters.includes(key)) throw new ParameterError(key, `only ${law.parameters.join(', ')}`, rest[key])
  const entries = law.parameters.map((parameter) => {
    if (!Object.hasOwn(rest, parameter))
      throw new ParameterError(parameter, `a value for ${name}(${law.parameters.join(', ')})`, undefined)
    return [parameter, parseScalar(rest[parameter], PURE.has(parameter) ? 'amount' : kind).value] as const
  })
  return { distribution: name, ...Object.fromEntries(entries) }
}
