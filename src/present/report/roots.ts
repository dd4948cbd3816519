// The numbers at which two offers are equal or change places, in words and as a table.
import { formatMoney } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import type { Root, Roots } from '../../questions/negotiate/search.ts'
import type { NumberNotation } from '../../scenario/edit/notation.ts'
import { type TextTable, textTable } from './text-table.ts'

const digits = (value: number): string => formatNumber(Number(value.toPrecision(6)), 0, 6)

/** Prices have cents. Whole amounts from 100 on need none. */
function money(value: number): string {
  const rounded = Number(value.toPrecision(6))
  return formatNumber(rounded, rounded >= 100 && Number.isInteger(rounded) ? 0 : 2, 6)
}

/** Such as 80.8081%, $1.22878 or 30,380/month. */
export function inUnits(value: number, { unit, symbol, per }: NumberNotation): string {
  if (unit === 'money') return `${value < 0 ? '-' : ''}${symbol}${money(Math.abs(value))}${per}`
  if (unit === '%' || unit === 'pt') return `${digits(100 * value)}${unit === '%' ? '%' : ' pt'}${per}`
  return `${digits(value)}${per}`
}

/** The value of the field in the plan. */
export const inPlan = (notation: NumberNotation): string =>
  Number.isNaN(notation.now) ? 'not stated' : `${inUnits(notation.now, notation)}${notation.uncertain ? ' on average' : ''}`

/** The standard error of a field's number, in its units. */
export function errorInUnits(se: number, { unit, symbol }: NumberNotation): string {
  const short = (value: number) => String(Number(value.toPrecision(2)))
  if (unit === 'money') return `${symbol}${short(se)}`
  return unit === '' ? short(se) : `${short(100 * se)} pt`
}

/** A jump whose place is certain needs no error either. */
export const isExact = ({ exact, kind, se }: Root): boolean => exact || (kind === 'jump' && se === 0)

interface Shown extends Roots {
  readonly path: string
  readonly notation: NumberNotation
  /** The heading of the column of numbers. */
  readonly title: string
}

/** A row for each number, the nearest first. With several, each row says which offer is ahead on its two sides. */
export function rootsTable({ roots, path, notation, title }: Shown): TextTable {
  const several = roots.length > 1
  const rows = roots.map((root, k) => [
    k === 0 ? path : '',
    {
      text:
        root.to === undefined ? inUnits(root.value, notation) : `${inUnits(root.value, notation)} to ${inUnits(root.to, notation)}`,
      error: isExact(root) ? '0 (exact)' : errorInUnits(root.se, notation),
    },
    k === 0 ? inPlan(notation) : '',
    ...(several ? [root.below ?? '–', root.above ?? '–'] : []),
  ])
  return textTable([['', title, 'in the plan', ...(several ? ['ahead below', 'ahead above'] : [])], ...rows])
}

/** How the offers meet at a number that is no plain crossing. Undefined for a crossing. */
function meeting(
  { kind, value, to, above, costs }: Root,
  [a, b]: readonly [string, string],
  notation: NumberNotation,
  currency: string,
): string | undefined {
  const at = inUnits(value, notation)
  if (kind === 'touch') return `At ${at}, ${a} and ${b} only touch. ${above} is ahead on both sides.`
  if (kind === 'equal') return `From ${at} to ${inUnits(to ?? value, notation)}, ${a} and ${b} are equal.`
  if (kind === 'crossing' || !costs) return undefined
  const side = (amounts: Readonly<Record<string, number>>) =>
    [a, b].map((offer) => `${offer} costs ${formatMoney(amounts[offer], currency)}`).join(' and ')
  return `At ${at}, a cost jumps, so ${a} and ${b} change places without costing the same. Just below it, ${side(costs.below)}. Just above it, ${side(costs.above)}.`
}

/** What the search says about numbers that it did not find. */
function otherwise({ roots, searched: { from, to, points, proven } }: Roots, notation: NumberNotation): string {
  const range = [from, to].map((end) => inUnits(end, notation))
  const other = roots.length > 1 ? 'No further' : 'No other'
  return proven
    ? `${other} crossing exists between ${range[0]} and ${range[1]}.`
    : `${other} crossing was found between ${range[0]} and ${range[1]} at ${formatNumber(points)} points.`
}

interface Crossed extends Roots {
  readonly path: string
  readonly offers: readonly [string, string]
  readonly nearest: Root
  readonly notation: NumberNotation
  readonly currency: string
}

/** Where two offers cost the same, and where else billcast looked. @param odds whether each is cheaper in half of the trials there */
export function breakEvenLines({ path, offers, nearest, notation, currency, ...found }: Crossed, odds: boolean): string[] {
  const [a, b] = offers
  const equal = odds ? 'are each cheaper in half of the trials' : `cost the same ${nearest.exact ? 'in every trial' : 'on average'}`
  const place = inUnits(nearest.value, notation)
  const crossing = `${a} and ${b} ${equal} when ${path} is ${place}. Below that, ${nearest.below} costs less. Above it, ${nearest.above} does.`
  return [...meetingLines(found.roots, offers, notation, currency, crossing), otherwise(found, notation)]
}

/** The price at which an offer is as good as its rival, and what that means for the plan's own. @param odds whether both are equally often the cheapest */
export function fairPriceLines({ offers, nearest, notation, currency, ...found }: Omit<Crossed, 'path'>, odds: boolean): string[] {
  const { value } = nearest
  const asGood = odds ? `cheapest as often as ${offers[1]}` : `as cheap as ${offers[1]} on average`
  const crossing = `At ${inUnits(value, notation)} the offer is ${asGood}.${advice(value - notation.now, notation)}`
  return [...meetingLines(found.roots, offers, notation, currency, crossing), otherwise(found, notation)]
}

function meetingLines(
  roots: readonly Root[],
  offers: readonly [string, string],
  notation: NumberNotation,
  currency: string,
  crossing: string,
): string[] {
  const meetings = roots.map((root) => meeting(root, offers, notation, currency))
  return [...(meetings[0] === undefined ? [crossing] : []), ...meetings.flatMap((line) => line ?? [])]
}

function advice(gap: number, notation: NumberNotation): string {
  if (Number.isNaN(gap)) return ''
  const amount = inUnits(Math.abs(gap), notation)
  return gap < 0 ? ` Ask for ${amount} less than in the plan.` : ` You could pay up to ${amount} more than in the plan.`
}
