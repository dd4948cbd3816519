// The messages between the calculator and its engine, which runs beside the page.
import type { FilesBeside } from '../../api/beside.ts'
import type { VendorQuote } from '../../contract/catalog/entry.ts'
import type { CatalogOffer } from '../../contract/catalog/list.ts'
import type { BarScale, Ranges } from '../../present/report/ranges.ts'
import type { AskedWords } from '../../present/words/asking.ts'
import type { Grade } from '../../summary/summary.ts'
import type { Reopened } from './quote/reopen.ts'

/** Files beside the plan. They stay until the next ones come. */
export interface EngineFiles {
  readonly files: FilesBeside
}

export interface EngineRequest {
  readonly id: number
  readonly plan: string
  /** The scale of the bars that stays, while a slider still moves. What takes longer follows when it rests. */
  readonly held?: BarScale
  /** The limits of the volume's strip on view, or of its factor's. */
  readonly limits?: readonly [low: number, high: number]
  /** Whether only the mistakes of the plan are asked for. The run goes on. */
  readonly check?: true
  /** A quote that is not in the plan yet: only its bills are asked for. The run goes on. */
  readonly quote?: QuoteWish
  /** The offer to read back into a quote. The run goes on. */
  readonly reopen?: string
}

export interface QuoteWish {
  /** The offer of the plan. */
  readonly offer: string
  /** The place of the month to bill. */
  readonly month: number
  /** A quantity at which the price changes, which the chart has to show. */
  readonly turn?: number
}

/** One month of a quote, with every driver at its mean. */
export interface QuoteBill {
  readonly month: string
  /** The place of the month, and the number of months. */
  readonly at: number
  readonly months: number
  readonly usage: string
  readonly rows: readonly (InvoiceRow & { readonly quantity?: string; readonly price?: string })[]
  readonly total: string
  /** What the month's bill goes by: the first quantity that a charge counts, or conversations. */
  readonly meter: string
  /** The bill of the month at several quantities, in their order. Other months stay. */
  readonly curve: readonly QuotePoint[]
  readonly here: QuotePoint
  readonly ticks: { readonly quantity: readonly QuoteTick[]; readonly amount: readonly QuoteTick[] }
  /** That quantity in each month. */
  readonly used: readonly { readonly month: string; readonly quantity: number }[]
}

export interface QuotePoint {
  readonly quantity: number
  readonly amount: number
  readonly text: string
}

export interface QuoteTick {
  readonly at: number
  readonly text: string
}

/** The plan with a quote, from few trials. */
export interface QuoteYear {
  readonly span: string
  readonly mean: string
  readonly budget: string
  readonly years: string
  readonly grade?: Grade
  readonly best: number
  readonly sentences: readonly string[]
}

/** Either part follows by itself: the bill at once, and the year after its trials. */
export type QuoteReply = { readonly bill: QuoteBill } | { readonly year: QuoteYear } | { readonly failure: string }

/** A mistake in a plan, with its place in the text if that is known. */
export interface PlanProblem {
  readonly message: string
  readonly line?: number
  readonly column?: number
}

/** The budgets of an offer as texts, by how many of 100 years they hold in. */
export const LEVELS = [50, 80, 90, 95] as const
export type Level = (typeof LEVELS)[number]

interface MonthBill {
  readonly month: string
  readonly amount: number
  readonly text: string
}

interface InvoiceRow {
  readonly line: string
  readonly amount: string
  readonly why: string
}

export interface VolumeMonth {
  readonly month: string
  readonly mean: number
  /** A band that holds 90 of 100 trials. */
  readonly low: number
  readonly high: number
}

export interface VolumeYear {
  /** "600,000 conversations in 2027". */
  readonly words: string
  readonly months: readonly VolumeMonth[]
}

/** An offer of a tie, and what it is better at than the others. */
export interface Strength {
  readonly offer: string
  readonly words: string
}

export interface OfferView {
  readonly name: string
  /** Up to the first comma. */
  readonly title: string
  /** Place in the plan, which gives the color. Absent for a gray one: with more offers than colors, only the best one has its own. */
  readonly color?: number
  readonly budgets: Readonly<Record<Level, string>>
  /** The exact figure of each budget. */
  readonly exact: Readonly<Record<Level, number>>
  /** Out of 100, in numbers that add up to 100, and in words. */
  readonly odds: number
  readonly oddsWords: string
  /** By level. Absent in a quick answer. */
  readonly months?: Readonly<Record<Level, readonly MonthBill[]>>
  /** The average month of each budget. */
  readonly monthly: Readonly<Record<Level, string>>
  /** What it charges, a sentence a line. */
  readonly words: string
  /** Where its figures come from. Absent if the plan names no origin. */
  readonly source?: string
  /** One month with every driver at its mean. */
  readonly invoice: {
    readonly month: string
    readonly total: string
    readonly rows: readonly (InvoiceRow & { readonly brief: string })[]
  }
}

export interface PlanAnswer {
  readonly id: number
  /** Whether this is the final answer: all trials of the plan, with integrated budgets and odds. */
  readonly final: boolean
  readonly trials: string
  readonly grade?: Grade
  readonly sentences: readonly string[]
  /** The offer that the verdict names first. */
  readonly best: string
  /** What each tied offer is better at. Empty unless the verdict is a toss-up. */
  readonly strengths: readonly Strength[]
  /** The bars, with their scale. Absent for a run with too few trials. */
  readonly ranges?: Ranges
  readonly heading: string
  readonly volume: VolumeYear
  /** What people cost beside the bills, in a sentence. Absent if they cost nothing. */
  readonly people?: string
  /** How precise the figures are, in words. */
  readonly precision: string
  /** What the plan states for each input, in words, by the name of the input. */
  readonly inputs: Readonly<Record<string, string>>
  readonly offers: readonly OfferView[]
  readonly years: string
  /** Which contracts bill only some of the months, and remarks on this browser. */
  readonly notes: readonly string[]
}

interface StripPart {
  readonly from: number
  readonly to: number
  /** The place in the plan of the offer that leads. */
  readonly place: number
  readonly title: string
  /** Whether the lead is under 1%. */
  readonly pale: boolean
}

/** Which offer is the cheapest on average, as one number of the plan changes. */
export interface Strip {
  readonly key: 'rate' | 'volume' | 'level'
  readonly low: number
  readonly high: number
  readonly parts: readonly StripPart[]
}

/** What to ask every vendor, and some. */
export interface Questions {
  readonly every: readonly string[]
  readonly some: readonly VendorQuestions[]
}

/** What others report of a vendor that sells by quote. */
export interface ReportedPrices {
  readonly vendor: string
  readonly figures: NonNullable<VendorQuote['reported']>
}

/** What to ask a vendor. */
interface VendorQuestions {
  readonly vendor: string
  readonly questions: readonly string[]
}

export type EngineReply =
  /** Sent once, when the engine has started. */
  | {
      readonly kind: 'catalog'
      readonly catalog: readonly CatalogOffer[]
      readonly questions: Questions
      readonly reported: readonly ReportedPrices[]
    }
  /** The files that the plan asks for. */
  | { readonly kind: 'asked'; readonly id: number; readonly asked: readonly string[] }
  | { readonly kind: 'answer'; readonly answer: PlanAnswer }
  | { readonly kind: 'strips'; readonly id: number; readonly strips: readonly Strip[]; readonly prices: readonly AskedWords[] }
  | ({ readonly kind: 'quoted'; readonly id: number } & QuoteReply)
  | { readonly kind: 'reopened'; readonly id: number; readonly found: Reopened }
  | { readonly kind: 'checked'; readonly id: number; readonly problems: readonly PlanProblem[] }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
