// Compares figures of many seeds with their truths, and sums up by kind of statistic.
import type { Plan } from './plans.ts'
import type { Ran } from './pool.ts'
import type { Truth } from './truth.ts'
import { isKept } from './truths.ts'

/** A truth may be off by at most this share of a figure's standard error. */
const PRECISE = 1 / 3
/** Events below which a figure's error cannot be seen. */
const FEW = 30
/** A figure that is this many errors from its truth is wrong, even if the truth itself is not precise. */
const WRONG = 6
/** Rounding of a figure, relative to its value or to one unit, dollar or share, whichever is more. */
const ROUNDING = 1e-10

/** A standard error below this share of a figure's usual one sees nothing of the error. */
const BLIND = 0.1

const rms = (all: readonly number[]): number => Math.sqrt(all.reduce((sum, x) => sum + x * x, 0) / all.length)

/** Why a figure is counted apart. It must then only not cover too little. */
export type Apart = 'few events' | 'atom' | 'floor'

export interface Judged {
  readonly number: number
  readonly method: string
  readonly path: string
  readonly kind: string
  readonly integrated: boolean
  readonly apart?: Apart
  readonly seeds: number
  /** The root mean square of the errors over that of the standard errors, each joined with the error of the truth. */
  readonly ratio: number
  /** Seeds whose interval of two standard errors holds the truth. */
  readonly held: number
  /** Seeds that do not, and state less than a tenth of the figure's usual error. */
  readonly blind: number
}

export interface Unjudged {
  readonly number: number
  readonly method: string
  readonly path: string
  readonly kind: string
  readonly integrated: boolean
  readonly reason: 'no truth' | 'truth not precise enough' | 'no error'
  /** The largest distance from the truth, in joined errors. */
  readonly far: number
}

/** The kind of statistic of a path: without the names of offers and segments, the numbers of months and percentiles. */
export function kindOf(path: string, { offers, segments = [] }: Plan): string {
  const names = new Set([...offers, ...segments].map(({ name }) => name))
  return path
    .split('.')
    .filter((key) => !names.has(key) && key !== 'offers' && key !== 'bill' && key !== 'total' && !/^\d+$/.test(key))
    .map((key) => (/^p\d+$/.test(key) ? 'pN' : /^\d+%$/.test(key) ? 'N%' : key))
    .join('.')
}

/** Below this, standard errors differ less between seeds than those of a spread of some thirty replicates, which differ by a tenth. */
const STEADY = 0.05

/** Whether a floor sets the standard errors of half of the seeds: they all are nearly the smallest one, or hardly vary. */
function onFloor(errors: readonly number[], method: string): boolean {
  if (method === 'random') return false
  const least = Math.min(...errors)
  if (errors.filter((se) => se <= 1.02 * least).length >= errors.length / 2) return true
  const mean = errors.reduce((a, b) => a + b, 0) / errors.length
  return Math.sqrt(errors.reduce((sum, se) => sum + (se - mean) ** 2, 0) / errors.length) < STEADY * mean
}

function apartOf({ events }: Truth, rests: number, path: string, floor: () => boolean): Apart | undefined {
  if (events === 0 && /percentiles|needed/.test(path)) return 'atom'
  if (rests < FEW) return 'few events'
  return floor() ? 'floor' : undefined
}

interface Subject {
  readonly number: number
  readonly method: string
  readonly plan: Plan
  readonly runs: readonly Ran[]
  readonly truths: ReadonlyMap<string, Truth>
}

/** Judges every figure of a case by one method. A figure that is integrated in some seeds only counts as two. */
export function judge(subject: Subject): { readonly judged: readonly Judged[]; readonly unjudged: readonly Unjudged[] } {
  const { number, method, plan, runs, truths } = subject
  const judged: Judged[] = []
  const unjudged: Unjudged[] = []
  const paths = new Set(runs.flatMap(({ figures }) => Object.keys(figures)).filter((path) => isKept(path, plan)))
  for (const path of paths) {
    for (const integrated of [0, 1] as const) {
      const own = runs.flatMap(({ figures }) => (figures[path] && figures[path][2] === integrated ? [figures[path]] : []))
      if (own.length === 0) continue
      const about = { number, method, path, kind: kindOf(path, plan), integrated: integrated === 1 }
      const truth = truths.get(path)
      if (!truth) {
        unjudged.push({ ...about, reason: 'no truth', far: 0 })
        continue
      }
      const errors = own.map(([, se]) => se)
      const typical = rms(errors)
      const rounding = ROUNDING * Math.max(1, Math.abs(truth.value))
      const offs = own.map(([value]) => Math.max(0, Math.abs(value - truth.value) - rounding))
      const joined = errors.map((se) => Math.hypot(se, truth.error))
      const held = offs.map((off, k) => off <= 2 * joined[k])
      const far = Math.max(...offs.map((off, k) => (off === 0 ? 0 : off / joined[k])))
      if (truth.error > PRECISE * typical && far <= WRONG) {
        unjudged.push({ ...about, reason: typical === 0 ? 'no error' : 'truth not precise enough', far })
        continue
      }
      const [{ trials, monthlyTrials }] = runs
      const rests = truth.events * (/\.(monthly\.|presentValue)/.test(path) && !path.endsWith('.mean') ? monthlyTrials : trials)
      const apart = apartOf(truth, rests, path, () => onFloor(errors, method))
      judged.push({
        ...about,
        ...(apart && { apart }),
        seeds: own.length,
        ratio: rms(offs) === 0 ? 0 : rms(offs) / rms(joined),
        held: held.filter((one) => one).length,
        blind: held.filter((one, k) => !one && errors[k] < BLIND * typical).length,
      })
    }
  }
  return { judged, unjudged }
}

export interface Row {
  readonly kind: string
  readonly figures: number
  /** Figures by seeds. */
  readonly intervals: number
  readonly covered: number
  readonly ratio: number
  readonly blind: number
  /** The figure that is farthest off. */
  readonly worst: string
}

export function rowOf(kind: string, all: readonly Judged[]): Row {
  const intervals = all.reduce((sum, { seeds }) => sum + seeds, 0)
  const squares = all.reduce((sum, { ratio, seeds }) => sum + ratio * ratio * seeds, 0)
  const worst = all.reduce((a, b) => (b.ratio > a.ratio ? b : a))
  return {
    kind,
    figures: all.length,
    intervals,
    covered: all.reduce((sum, { held }) => sum + held, 0) / intervals,
    ratio: Math.sqrt(squares / intervals),
    blind: all.reduce((sum, { blind }) => sum + blind, 0),
    worst: `${worst.ratio.toFixed(2)} case ${worst.number} ${worst.method} ${worst.path}`,
  }
}

export function rowsBy(all: readonly Judged[], key: (one: Judged) => string): readonly Row[] {
  const groups = new Map<string, Judged[]>()
  for (const one of all) {
    const group = groups.get(key(one))
    if (group) group.push(one)
    else groups.set(key(one), [one])
  }
  return [...groups].map(([kind, own]) => rowOf(kind, own)).sort((a, b) => a.kind.localeCompare(b.kind))
}
