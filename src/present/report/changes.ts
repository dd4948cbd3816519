// The section on the volumes, resolution rates and prices that would change the answer.
import { trialsWord } from '../../months.ts'
import { formatShare } from '../../notation/money.ts'
import { formatNumber } from '../../notation/number.ts'
import type { PricesToAsk } from '../../questions/compare/asking.ts'
import { type LeadCourse, type LeadStretch, START_RATE } from '../../questions/compare/courses.ts'
import { amountsOf } from '../../questions/compare/rounding.ts'
import { capital, inSentence } from '../../questions/compare/verdict-words.ts'
import { recommendedIn, shortTitles } from '../../questions/compare/verdict.ts'
import type { Summary } from '../../summary/summary.ts'
import { colorPlace } from '../charts/theme.ts'
import { askedWords } from '../words/asking.ts'
import { ASKED_HEAD, ASKED_NOTE } from '../words/asking-heads.ts'
import type { ReportData } from './data.ts'
import { type Piece, table, type TableData } from './pieces.ts'

/** Which offer costs least along a driver, as one bar. */
export interface LeadStrip {
  /** The finding. */
  readonly title: string
  readonly subtitle: string
  readonly parts: readonly StripPart[]
  readonly ends: readonly [low: string, high: string]
  /** The values that most trials have, and where they lie on the bar. Absent for few classes. */
  readonly plan?: { readonly text: string; readonly from: number; readonly to: number }
  /** Where the lead changes. One without room for its value has none. */
  readonly marks: readonly { readonly place: number; readonly text?: string }[]
  readonly table: TableData
}

interface StripPart {
  readonly title: string
  /** Its share of the bar. */
  readonly width: number
  /** The offer's place in the plan, which gives its color. Absent for a gray one, and where no offer leads. */
  readonly color?: number
}

/** Nothing for a single offer, and for a folder of an earlier version. */
export function stripPieces({ figures: { changes, summary }, titles }: ReportData): Piece[] {
  const strips = (changes?.courses ?? []).map((course) => stripOf(course, summary, titles))
  return strips.length > 0 ? [{ kind: 'strips', strips }] : []
}

export const askingPieces = (data: ReportData): Piece[] => {
  const asking = data.figures.changes?.asking ?? []
  return asking.length > 0 ? [askingTable(asking, data)] : []
}

interface Driver {
  readonly noun: string
  readonly text: (value: number) => string
  /** "below 65.4% resolved at the start" */
  readonly place: (place: string) => string
}

function driverOf({ driver }: LeadCourse, { months }: Summary): Driver {
  const count = months.length
  const rate = { text: (value: number) => formatShare(value) }
  if (driver === START_RATE)
    return { ...rate, noun: 'resolution rate at the start', place: (place) => `${place} resolved at the start` }
  if (driver === 'rate') return { ...rate, noun: 'resolution rate on average', place: (place) => `${place} resolved on average` }
  const perMonth = (value: number) => Number((value / count).toPrecision(3))
  return {
    noun: 'conversations a month on average',
    text: (value) => formatNumber(perMonth(value), 0, 0),
    place: (place) => `${place} conversations a month on average`,
  }
}

export function stripOf(course: LeadCourse, summary: Summary, titles: ReportData['titles']): LeadStrip {
  const names = Object.keys(summary.offers)
  const short = shortTitles(names, titles)
  const best = recommendedIn(summary, { titles })
  const driver = driverOf(course, summary)
  const { classes, stretches } = course
  const [low, high] = [classes[0].from, classes[classes.length - 1].to]
  // The outer classes reach to the most extreme trial, so the bar gives each class the same width.
  const width = ({ from, to }: LeadStretch) => classes.filter((own) => own.from >= from && own.to <= to).length / classes.length
  const { part } = amountsOf(summary)
  const plan = planRange(course, driver)
  const years = trialsWord(summary.months.length)
  return {
    title: findingOf(course, driver, (name) => short[name]),
    subtitle: `Lowest average cost by ${driver.noun}, over ${trialsWord(summary.months.length)} of this run in classes of equal size. A lead below 1% is a tie.${plan ? ` The bracket holds ${plan.share} of 100 ${years}.` : ''}`,
    parts: stretches.map((stretch) => {
      const { cheapest } = stretch
      const color = cheapest === undefined ? undefined : colorPlace(names, cheapest, best)
      return {
        title: cheapest === undefined ? 'Tie' : capital(short[cheapest]),
        width: width(stretch),
        ...(color !== undefined && { color }),
      }
    }),
    ends: [driver.text(low), driver.text(high)],
    ...(plan && { plan: { text: `Plan: ${plan.text}`, from: plan.from, to: plan.to } }),
    marks: marksOf(
      stretches.slice(0, -1).map((own) => driver.text(own.to)),
      stretches.map(width),
    ),
    table: {
      caption: `Average cost of each offer by ${driver.noun}`,
      head: ['from', 'to', ...names.map((name) => short[name])],
      rows: classes.map(({ from, to, means }) => [driver.text(from), driver.text(to), ...means.map(part.text)]),
    },
  }
}

/** Classes that leave out a twentieth on each side. */
const OUTER = 0.05

/** The range of the driver without its rare values, as the classes show it. */
function planRange({ classes }: LeadCourse, { text }: Driver) {
  const count = classes.length
  const outer = Math.round(OUTER * count)
  if (outer === 0) return undefined
  const [first, last] = [classes[outer], classes[count - 1 - outer]]
  return {
    text: `${text(first.from)} to ${text(last.to)}`,
    share: Math.round(100 * (1 - (2 * outer) / count)),
    from: outer / count,
    to: 1 - outer / count,
  }
}

/** Values closer than this share of a bar would overlap on a phone. */
const APART = 0.17

/** The places at which the lead changes, from left to right. Values that would meet the ends or each other are left out. */
function marksOf(texts: readonly string[], widths: readonly number[]): LeadStrip['marks'] {
  let [place, last] = [0, 0]
  return texts.map((text, k) => {
    place += widths[k]
    if (place - last < APART || 1 - place < APART) return { place }
    last = place
    return { place, text }
  })
}

/** The finding in one sentence. A crossing is named only if its error is below the digits shown. */
function findingOf(
  { stretches, crossings, classes }: LeadCourse,
  { noun, text, place }: Driver,
  titleOf: (name: string) => string,
): string {
  const leaders = stretches.filter(({ cheapest }) => cheapest !== undefined)
  const who = (name = '') => inSentence(titleOf(name))
  const [first, second] = leaders
  const range = `from ${text(classes[0].from)} to ${text(classes[classes.length - 1].to)}`
  if (first === undefined) return `No contract leads by 1% at any ${noun} ${range}`
  if (stretches.length === 1) return `${capital(place(range))}, ${who(first.cheapest)} costs least`
  const [crossing] = crossings
  if (leaders.length === 2 && crossings.length === 1 && crossing !== undefined && isSharp(crossing))
    return `${capital(place(`below ${text(crossing.value)}`))}, ${who(first.cheapest)} costs least; above, ${who(second?.cheapest)} does`
  const where = (own: LeadStretch) =>
    own === stretches[0]
      ? `below ${text(own.to)}`
      : own === stretches[stretches.length - 1]
        ? `above ${text(own.from)}`
        : `from ${text(own.from)} to ${text(own.to)}`
  const rest = leaders.length < stretches.length ? '; elsewhere the lead is below 1%' : ''
  if (leaders.length === 1) return `${capital(place(where(first)))}, ${who(first.cheapest)} costs least${rest}`
  return `Lowest cost by ${noun}: ${leaders.map((own) => `${who(own.cheapest)} ${where(own)}`).join(', ')}${rest}`
}

/** Two standard errors are less than 1% of the value. */
const isSharp = ({ value, se }: { readonly value: number; readonly se: number }): boolean => 2 * se < 0.01 * Math.abs(value)

/** The prices at which each offer has the lowest budget, and at which the choice is clear. */
function askingTable(asking: readonly PricesToAsk[], { figures: { summary }, titles }: ReportData): Piece {
  const short = shortTitles(Object.keys(summary.offers), titles)
  const rows = asking.map((own) => {
    const { unit, quoted, level, clear } = askedWords(own)
    return [`${capital(short[own.offer])}, ${unit}`, quoted, level, clear]
  })
  return table(ASKED_NOTE, ASKED_HEAD, rows)
}
