// Saved variants of the plan, side by side. The browser keeps them if it may.
import { isFields } from '../../notation/fields.ts'
import { GRADES } from '../../present/words/grades.ts'
import type { Grade } from '../../summary/summary.ts'
import type { Form } from './plan.ts'
import { type Level, LEVELS, type PlanAnswer } from './protocol.ts'

/** A saved plan and what its final answer was. */
export interface SavedVariant {
  readonly name: string
  readonly plan: string
  readonly verdict: string
  /** Empty for a single offer. */
  readonly grade: Grade | ''
  /** By the title of each offer: budgets by level, and odds. */
  readonly offers: readonly { readonly title: string; readonly budgets: Readonly<Record<Level, string>>; readonly odds: string }[]
}

export const MOST_SAVED = 3
const KEY = 'billcast.variants'

export function variantOf(plan: string, { name }: Form, answer: PlanAnswer, taken: readonly SavedVariant[]): SavedVariant {
  const names = new Set(taken.map((variant) => variant.name))
  let free = name
  for (let k = 2; names.has(free); k++) free = `${name} (${k})`
  return {
    ...{ name: free, plan, verdict: answer.sentences.join(' '), grade: answer.grade ?? '' },
    offers: answer.offers.map(({ title, budgets, oddsWords }) => ({ title, budgets, odds: oddsWords })),
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isGrade = (value: unknown): boolean => ['', ...GRADES].some((grade) => grade === value)

/** Another page of the same origin, or an earlier version, may have written anything. */
function isVariant(value: unknown): value is SavedVariant {
  if (!isFields(value) || ![value.name, value.plan, value.verdict].every(isText) || !isGrade(value.grade)) return false
  return (
    Array.isArray(value.offers) &&
    value.offers.every((offer: unknown) => {
      if (!isFields(offer) || !isText(offer.title) || !isText(offer.odds)) return false
      const { budgets } = offer
      return isFields(budgets) && LEVELS.every((level) => isText(budgets[level]))
    })
  )
}

/** A place for texts, such as `localStorage`. */
type Place = Pick<globalThis.Storage, 'getItem' | 'setItem'>

/** The place of the browser. Nothing where it refuses one, as some do for pages from a disk. */
export function browserPlace(): Place | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}

export function savedVariants(place: Place | undefined): readonly SavedVariant[] {
  try {
    const found = JSON.parse(place?.getItem(KEY) ?? '[]') as unknown
    return Array.isArray(found) ? found.filter(isVariant).slice(0, MOST_SAVED) : []
  } catch {
    return []
  }
}

/** @returns whether the browser keeps them. Otherwise they last as long as the page */
export function keepVariants(place: Place | undefined, variants: readonly SavedVariant[]): boolean {
  try {
    place?.setItem(KEY, JSON.stringify(variants))
    return place !== undefined
  } catch {
    return false
  }
}
