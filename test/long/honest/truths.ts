// The file of truths: one line a case, a tree of figures, each [value, error, share of events]. A figure that is exact but for rounding
// is a bare number.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { judgedMonths, judgedQuarters } from './columns.ts'
import { hasPeople, inputsOf, type Plan } from './plans.ts'
import { writtenPlan } from './written.ts'
import type { Truth } from './truth.ts'

const FILE = new URL('./truths.json', import.meta.url)

type Leaf = number | readonly [value: number, error: number] | readonly [value: number, error: number, events: number]
interface Tree {
  [key: string]: Tree | Leaf
}

export interface StoredCase {
  /** Of the plan as billcast reads it. */
  readonly plan: string
  readonly figures: Tree
}

export type Stored = Readonly<Record<string, StoredCase>>

/** The error of an exact figure: that of quadrature, and the rounding of its digits. */
const EXACT = 8e-11
/** The most digits of a figure. Their rounding is below that. */
const MOST = 11
/** Shares of events above this are never few. */
const OFTEN = 0.01

/** The measure of the plan is that of its budget. */
export function fingerprint(plan: Plan): string {
  const written = writtenPlan({ ...plan, measure: 'bill' })
  return createHash('sha256')
    .update(JSON.stringify([written, plan.measure]))
    .digest('hex')
    .slice(0, 12)
}

export const readTruths = (): Stored => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {})

export function writeTruths(stored: Stored): void {
  const rows = Object.entries(stored)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([number, own]) => `"${number}":${JSON.stringify(own)}`)
  writeFileSync(FILE, `{\n${rows.join(',\n')}\n}\n`)
}

function leafOf({ value, error, events }: Truth): Leaf {
  if (Math.abs(value) + error < 1e-15) return 0
  const digits = error > 0 ? Math.ceil(Math.log10(Math.abs(value) / error)) + 1 : MOST
  const short = Number(value.toPrecision(Math.max(2, Math.min(MOST, Number.isFinite(digits) ? digits : 2))))
  const own = error <= EXACT * Math.abs(value) ? 0 : Number(error.toPrecision(2))
  if (events < OFTEN) return [short, own, Number(events.toPrecision(2))]
  return own === 0 ? short : [short, own]
}

/** Whether a path is of a month or quarter that is judged, or of none. */
function isJudged(path: string, plan: Plan): boolean {
  const month = /\.month(?:ly|s)\.(\d+)/.exec(path)
  const quarter = /\.quarterly\.(\d+)/.exec(path)
  if (quarter) return judgedQuarters(plan).includes(Number(quarter[1]))
  return month === null || judgedMonths(plan).includes(Number(month[1]))
}

/** Differences are kept for one order of each pair: those of the other order are the same from the other end. */
const isMirrored = (path: string, { offers }: Plan): boolean => {
  const pair = /^comparison\.difference\.(\w+)\.(\w+)\./.exec(path)
  const place = (name: string) => offers.findIndex((offer) => offer.name === name)
  return pair !== null && place(pair[1]) > place(pair[2])
}

/** Without people, the total is the bill. */
const isRepeated = (path: string, plan: Plan): boolean => !hasPeople(plan) && /^offers\.\w+\.total\./.test(path)

/** Where an atom ends exactly at the probability of a percentile, every amount in the gap beyond it is that percentile. */
function isUnsettled(path: string, plan: Plan): boolean {
  const percent = /percentiles\.p(\d+)$/.exec(path)?.[1] ?? (path === 'budget.needed' ? '80' : undefined)
  if (percent === undefined) return false
  return inputsOf(plan).some(({ law }) => {
    if (law.kind !== 'discrete') return false
    let share = 0
    return [...law.atoms]
      .sort(([x], [y]) => x - y)
      .some(([, weight]) => {
        share += weight
        return [share, 1 - share].some((edge) => Math.abs(edge - Number(percent) / 100) < 1e-9)
      })
  })
}

export const isKept = (path: string, plan: Plan): boolean =>
  isJudged(path, plan) && !isMirrored(path, plan) && !isRepeated(path, plan) && !isUnsettled(path, plan)

export function storedCase(plan: Plan, truths: ReadonlyMap<string, Truth>): StoredCase {
  const figures: Tree = {}
  for (const [path, truth] of truths) {
    if (!isKept(path, plan)) continue
    const keys = path.split('.')
    let node = figures
    for (const key of keys.slice(0, -1)) {
      const own = node[key]
      if (typeof own === 'object' && !Array.isArray(own)) node = own as Tree
      else {
        const next: Tree = {}
        node[key] = next
        node = next
      }
    }
    node[keys[keys.length - 1]] = leafOf(truth)
  }
  return { plan: fingerprint(plan), figures }
}

function truthOf(leaf: Leaf): Truth {
  const [value, error, events] = typeof leaf === 'number' ? [leaf, 0, leaf === 0 ? 0 : 1] : leaf
  return { value, error: Math.max(error, EXACT * Math.abs(value)), events: events ?? 1 }
}

export function truthsIn({ figures }: StoredCase): ReadonlyMap<string, Truth> {
  const found = new Map<string, Truth>()
  const visit = (node: Tree | Leaf, path: string): void => {
    if (typeof node === 'number' || Array.isArray(node)) found.set(path, truthOf(node as Leaf))
    else for (const [key, own] of Object.entries(node)) visit(own, path === '' ? key : `${path}.${key}`)
  }
  visit(figures, '')
  return found
}
