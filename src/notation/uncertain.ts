// Reads distributions in the notation of a plan: 60% to 70%, { p10: 40k, p90: 65k }, uniform($1.00, $3.50), { distribution: … }.

import { ParameterError } from '../errors.ts'
import type { MetalogForm } from '../numerics/distributions/distribution.ts'
import {
  type DistributionRecord,
  type DistributionSpec,
  distributionOf,
  distributions,
  isSpec,
  type ParameterKind,
  type Uncertain,
} from '../numerics/distributions/index.ts'
import { logitNormalFromQuantiles, lognormalFromQuantiles, normalFromQuantiles } from '../numerics/distributions/interval.ts'
import { MOST_PERCENTILES, metalogSpec } from '../numerics/distributions/metalog.ts'
import { FileColumn } from './column.ts'
import { meantWords } from './near.ts'
import { readRange } from './range.ts'
import { type Kind, parseScalar, type Scalar, traitsOf } from './scalar.ts'

const LONGEST_CALL = 2_000

const expected = (kind: Kind): string => `${traitsOf(kind).expected}, a range such as "A to B", or a distribution`

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

function readText(written: string, kind: Kind): Uncertain {
  const text = written.replaceAll('\u00a0', ' ')
  const call = callOf(text)
  if (call) return readSpec(call, kind)
  const range = readRange(text, kind)
  return range ? interval(0.05, range[0], 0.95, range[1], kind, text) : parseScalar(text, kind).value
}

/** Two percentiles as a distribution: lognormal for amounts above 0, logit-normal for shares, or normal. */
function interval(p1: number, a: Scalar, p2: number, b: Scalar, kind: Kind, shownAs: unknown): DistributionSpec {
  if (!(a.value < b.value)) throw new ParameterError('', 'a range whose first end is below its second end', shownAs)
  const family = traitsOf(kind).interval
  if (family === 'logitNormal') {
    if (a.value > 0 && b.value < 1) return logitNormalFromQuantiles(p1, a.value, p2, b.value)
    throw new ParameterError('', 'ends above 0% and below 100% (uniform(…) or pert(…) may include them)', shownAs)
  }
  if (family === 'lognormal') {
    if (a.value > 0) return lognormalFromQuantiles(p1, a.value, p2, b.value)
    if (a.value === 0 && kind !== 'points')
      throw new ParameterError('', 'ends above 0 (uniform(…) or pert(…) may start at 0)', shownAs)
  }
  return normalFromQuantiles(p1, a.value, p2, b.value)
}

/** Splits a text at separators outside brackets and quotes. */
function split(text: string, separator: string): string[] {
  const parts: string[] = []
  let [depth, from] = [0, 0]
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quote !== '') quote = c === quote ? '' : quote
    else if (c === '"' || c === "'") quote = c
    else if (c === '(') depth++
    else if (c === ')') depth--
    else if (c === separator && depth === 0) {
      parts.push(text.slice(from, i).trim())
      from = i + 1
    }
  }
  parts.push(text.slice(from).trim())
  return parts
}

const unquoted = (text: string): string => /^"([^"]*)"$|^'([^']*)'$/.exec(text)?.slice(1).find(Boolean) ?? text

/**
 * Expands a call into its object: `uniform($1, $2)` is short for `{ distribution: uniform, min: $1, max: $2 }`. The arguments remain text.
 * @returns undefined if the text is not a call
 */
export function callOf(text: string): DistributionSpec | undefined {
  const call = /^([A-Za-z]+)\s*\(/.exec(text.slice(0, 60))
  if (!call) return undefined
  const name = call[1]
  if (text.length > LONGEST_CALL) throw new ParameterError('', 'a call of at most 2,000 characters', text)
  if (!text.endsWith(')'))
    throw new ParameterError('', `a closing bracket (inside { }, write a call in quotes: "${name}(…)")`, text)
  const parts = split(text.slice(call[0].length, -1), ',')
  if (name === 'discrete' || name === 'mixture') {
    const pairs = parts.map((part) => {
      const halves = split(part, ':')
      if (halves.length !== 2) throw new ParameterError('', `${name}(value: weight, …)`, text)
      return halves
    })
    const [values, weights] = [pairs.map(([value]) => value), pairs.map(([, weight]) => weight)]
    return name === 'discrete' ? { distribution: name, values, weights } : { distribution: name, components: values, weights }
  }
  if (name === 'empirical') {
    const [file = '', column = ''] = parts.map(unquoted)
    if (parts.length !== 2 || file === '' || column === '') throw new ParameterError('', 'empirical(file.csv, column)', text)
    return { distribution: name, file, column }
  }
  const parameters = Object.keys(recordOf(name).parameters)
  if (parts.length !== parameters.length || parts[0] === '') throw new ParameterError('', `${name}(${parameters.join(', ')})`, text)
  return { distribution: name, ...Object.fromEntries(parameters.map((parameter, k) => [parameter, parts[k]])) }
}

function recordOf(name: unknown, parameter = ''): DistributionRecord {
  const found = typeof name === 'string' ? distributions.get(name) : undefined
  if (found?.written === 'call') return found
  const known = [...distributions.values()].flatMap((record) => (record.written === 'percentiles' ? [] : [record.name]))
  const hint = typeof name === 'string' ? meantWords(name, known) : ''
  throw new ParameterError(parameter, `one of the distributions ${known.join(', ')}${hint}`, name)
}

function readObject(raw: Record<string, unknown>, kind: Kind): Uncertain {
  const keys = Object.keys(raw)
  if (isSpec(raw)) return readSpec(raw, kind)
  if (keys.some((key) => /^p\d/.test(key))) return readPercentiles(raw, keys, kind)
  if (Object.hasOwn(raw, 'experts')) return readExperts(raw, kind)
  const stranger = Object.hasOwn(raw, 'value') ? keys.find((key) => key !== 'value') : undefined
  if (stranger !== undefined) throw new ParameterError(stranger, 'no other key than `source` beside `value`', raw[stranger])
  throw new ParameterError('', `${expected(kind)}: { distribution: … } or { p10: …, p90: … }`, raw)
}

/** Two percentiles make an interval, three to nine a metalog. */
function readPercentiles(raw: Record<string, unknown>, keys: readonly string[], kind: Kind): Uncertain {
  const wanted = `2 to ${MOST_PERCENTILES} percentiles from p1 to p99, such as { p10: 40k, p90: 65k }`
  if (keys.length < 2 || keys.length > MOST_PERCENTILES || !keys.every((key) => /^p[1-9]\d?(\.\d{1,3})?$/.test(key)))
    throw new ParameterError('', wanted, raw)
  const share = (key: string) => Number(key.slice(1)) / 100
  const sorted = [...keys].sort((a, b) => share(a) - share(b))
  const scalars = sorted.map((key) => at(key, () => parseScalar(raw[key], kind)))
  if (sorted.length === 2) return interval(share(sorted[0]), scalars[0], share(sorted[1]), scalars[1], kind, raw)
  const values = scalars.map(({ value }) => value)
  return metalogSpec(formOf(scalars, kind), sorted.map(share), values)
}

/** A metalog describes the log-odds of a share, the logarithm of a positive amount, and a rate of change directly. */
function formOf(scalars: readonly Scalar[], kind: Kind): MetalogForm {
  const family = traitsOf(kind).interval
  if (family === 'logitNormal') return 'logit'
  return family === 'lognormal' && scalars.every(({ value }) => value > 0) ? 'log' : 'plain'
}

const MOST_EXPERTS = 50

/** Combines the percentiles (or other values) of several people into a mixture by their weights. */
function readExperts(raw: Record<string, unknown>, kind: Kind): Uncertain {
  onlyKeys('experts', raw as DistributionSpec, ['experts'])
  const { experts } = raw
  if (!Array.isArray(experts) || experts.length < 1 || experts.length > MOST_EXPERTS)
    throw new ParameterError('experts', `a list of 1 to ${MOST_EXPERTS}, such as [{ p10: 40k, p90: 65k, weight: 2 }]`, experts)
  const opinions = experts.map((expert: unknown, k) =>
    at(`experts[${k}]`, () => {
      if (typeof expert !== 'object' || expert === null || Array.isArray(expert))
        throw new ParameterError('', 'percentiles such as { p10: 40k, p90: 65k }, optionally with `weight` and `name`', expert)
      const { weight = 1, name = `expert ${k + 1}`, ...own } = expert as Record<string, unknown>
      if (typeof name !== 'string' || name.trim() === '' || name.length > 60)
        throw new ParameterError('name', 'a name of up to 60 characters', name)
      const share = at('weight', () => readWeight(weight))
      if (!(share > 0)) throw new ParameterError('weight', 'a number above 0', weight)
      const value = 'value' in own && Object.keys(own).length === 1 ? own.value : own
      return { name, weight: share, value: parseUncertain(value, kind) }
    }),
  )
  return {
    distribution: 'mixture',
    components: opinions.map(({ value }) => value),
    weights: opinions.map(({ weight }) => weight),
    experts: opinions.map(({ name }) => name),
  }
}

/** Adds the place inside a distribution to an error, as in `components[1].max`. */
function at<T>(place: string, reading: () => T): T {
  try {
    return reading()
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error
    throw new ParameterError(error.parameter === '' ? place : `${place}.${error.parameter}`, error.expected, error.value)
  }
}

function readList<T>(name: string, raw: unknown, reading: (item: unknown) => T): T[] {
  if (!Array.isArray(raw)) throw new ParameterError(name, 'a list', raw)
  return raw.map((item, k) => at(`${name}[${k}]`, () => reading(item)))
}

const readWeight = (raw: unknown): number =>
  parseScalar(raw, typeof raw === 'string' && raw.trim().endsWith('%') ? 'rate' : 'amount').value

function onlyKeys(name: string, spec: DistributionSpec, parameters: readonly string[]): void {
  for (const key of Object.keys(spec))
    if (key !== 'distribution' && !parameters.includes(key))
      throw new ParameterError(key, `no other parameters of ${name} than ${parameters.join(', ')}`, spec[key])
}

function readSpec(raw: DistributionSpec, kind: Kind): DistributionSpec {
  const { distribution: name } = raw
  if (name === 'empirical') return readEmpirical(raw, kind)
  if (name === 'discrete') {
    onlyKeys(name, raw, ['values', 'weights'])
    const values = readList('values', raw.values, (value) => parseScalar(value, kind).value)
    return { distribution: name, values, weights: readList('weights', raw.weights, readWeight) }
  }
  if (name === 'mixture') {
    onlyKeys(name, raw, ['components', 'weights'])
    const components = readList('components', raw.components, (component) => read(component, kind))
    return { distribution: name, components, weights: readList('weights', raw.weights, readWeight) }
  }
  const { parameters } = recordOf(name, 'distribution')
  const names = Object.keys(parameters)
  onlyKeys(name, raw, names)
  const entries = Object.entries(parameters).map(([parameter, own]) => {
    if (!Object.hasOwn(raw, parameter)) throw new ParameterError(parameter, `a value for ${name}(${names.join(', ')})`, undefined)
    if (hasUnit(own)) return [parameter, parseScalar(raw[parameter], kind).value] as const
    return [parameter, at(parameter, () => parseScalar(raw[parameter], own === 'logOdds' ? 'logOdds' : 'pure')).value] as const
  })
  return { distribution: name, ...Object.fromEntries(entries) }
}

/** Whether a parameter has the unit of the field. */
const hasUnit = (kind: ParameterKind): boolean => kind === 'value' || kind === 'spread'

function readEmpirical(raw: DistributionSpec, kind: Kind): DistributionSpec {
  const { distribution, values } = raw
  if (values instanceof FileColumn) return { distribution, values: values.read(kind) }
  onlyKeys(distribution, raw, ['values', 'file', 'column'])
  if (Object.hasOwn(raw, 'values') && (Object.hasOwn(raw, 'file') || Object.hasOwn(raw, 'column')))
    throw new ParameterError('values', 'either `values`, or `file` and `column`', values)
  const file = fileOf(raw)
  if (file) throw new ParameterError('file', '`values`, since this place cannot read files', file.file)
  return { distribution, values: readList('values', values, (value) => parseScalar(value, kind).value) }
}

export interface FileReference {
  readonly file: string
  readonly column: string
}

/** Returns the file and column that a distribution names instead of values. */
export function fileOf(spec: DistributionSpec): FileReference | undefined {
  const { distribution, file, column } = spec
  if (distribution !== 'empirical' || Object.hasOwn(spec, 'values')) return undefined
  if (file === undefined && column === undefined) throw new ParameterError('', 'a list `values`, or `file` and `column`', spec)
  if (typeof file !== 'string' || file === '') throw new ParameterError('file', 'the name of a CSV file', file)
  if (typeof column !== 'string' || column === '') throw new ParameterError('column', `the name of a column of ${file}`, column)
  return { file, column }
}
