// What the commands that compare variants have in common: their options, and numbers of a field as people read them.
import type { DecisionOptions } from '../options/questions.ts'
import { dirname } from 'node:path'
import { fieldAt } from '../scenario/edit/field.ts'
import type { NumberNotation } from '../scenario/edit/notation.ts'
import { shown, UsageError } from '../errors.ts'
import { folderReader } from '../platform/node/reader.ts'
import type { Reader } from '../scenario/resolve/resolve.ts'
import { readScenario } from '../scenario/read.ts'
import { interruptible, oneOf, whole } from './flags.ts'
import { loadScenario } from './load.ts'
import { progressBar } from './progress.ts'

export interface DecisionFlags {
  readonly trials?: string
  readonly seed?: string
  readonly method?: string
  readonly measure?: string
  readonly json?: boolean
}

export const MOST_TRIALS = 2 ** 24

export function decisionOptions({ trials, seed, method, measure, json }: DecisionFlags): DecisionOptions {
  if (seed === '' || (seed?.length ?? 0) > 200)
    throw new UsageError(`--seed: expected a text of up to 200 characters, got ${shown(seed)}`)
  const onProgress = progressBar(json === true)
  return {
    signal: interruptible(),
    ...(onProgress && { onProgress }),
    ...(trials !== undefined && { trials: whole('trials', trials, MOST_TRIALS, '100k') }),
    ...(seed !== undefined && { seed }),
    ...(method !== undefined && { method: oneOf('method', method, ['sobol', 'latin', 'random']) }),
    ...(measure !== undefined && { measure: oneOf('measure', measure, ['bill', 'total']) }),
  }
}

/** A scenario file, and what words about it need. */
export interface Loaded {
  readonly text: string
  readonly reader: Reader
  readonly currency: string
  readonly notation: (path: string) => NumberNotation
}

export async function loadForDecision(file: string): Promise<Loaded> {
  const text = await loadScenario(file)
  const { data } = readScenario(text)
  const currency = (data as { readonly currency?: unknown } | null)?.currency
  return {
    text,
    reader: folderReader(dirname(file)),
    currency: typeof currency === 'string' ? currency : 'USD',
    notation: (path) => fieldAt(data, path).notation,
  }
}

/** `lo:hi` */
export function boundsOf(option: string, text: string): readonly [string, string] {
  const parts = text.split(':')
  if (parts.length !== 2 || parts.includes(''))
    throw new UsageError(`${option}: expected lowest:highest such as 20k:45k, got ${shown(text)}`)
  return [parts[0], parts[1]]
}

/** `path=…`, as often as it was given. */
export function assignmentsOf(option: string, given: readonly string[], example: string): Readonly<Record<string, string>> {
  const pairs = given.map((text) => {
    const place = text.indexOf('=')
    if (place < 1 || place === text.length - 1) throw new UsageError(`--${option}: expected ${example}, got ${shown(text)}`)
    return [text.slice(0, place).trim(), text.slice(place + 1).trim()] as const
  })
  pairs.forEach(([path], k) => {
    if (pairs.findIndex(([other]) => other === path) < k)
      throw new UsageError(`--${option}: expected each field once, got ${shown(path)} twice`)
  })
  return Object.fromEntries(pairs)
}

const digits = (value: number): string => Number(value.toPrecision(6)).toLocaleString('en-US', { maximumFractionDigits: 6 })

/** A number of a field in its units: 80.8081 %, $1.22878, 30,380/month. */
export function inUnits(value: number, { unit, symbol, per }: NumberNotation): string {
  if (unit === 'money') return `${value < 0 ? '-' : ''}${symbol}${digits(Math.abs(value))}${per}`
  if (unit === '%' || unit === 'pt') return `${digits(100 * value)} ${unit === '%' ? '%' : 'pt'}${per}`
  return `${digits(value)}${per}`
}

/** What the plan says of a field. */
export const standsNow = (notation: NumberNotation): string =>
  Number.isNaN(notation.now) ? 'not stated' : `${inUnits(notation.now, notation)}${notation.uncertain ? ' on average' : ''}`

/** The standard error of such a number. */
export function errorInUnits(se: number, { unit, symbol }: NumberNotation): string {
  const short = (value: number) => String(Number(value.toPrecision(2)))
  if (unit === 'money') return `${symbol}${short(se)}`
  return unit === '' ? short(se) : `${short(100 * se)} pt`
}

export const printJson = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
export const printLines = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)

/** The closing line of every table. */
export const FOOT = '± is the standard error of the simulation.'
