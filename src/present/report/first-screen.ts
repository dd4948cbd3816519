// The first screen of a report: the verdict, the budgets in one picture, and the facts that a finance director asks for.
import { capitalMeasure } from '../charts/theme.ts'
import { monthWords, spanWords, trialsWord } from '../../months.ts'
import { formatMoney, formatStatedShare } from '../../notation/money.ts'
import { type Amounts, amountsAt, amountsOf } from '../../questions/compare/rounding.ts'
import { capital, inSentence } from '../../questions/compare/verdict-words.ts'
import { shortTitles, type Verdict, verdictOf } from '../../questions/compare/verdict.ts'
import type { Grade, Summary } from '../../summary/summary.ts'
import { briefCharges } from '../words/brief.ts'
import type { ReportData } from './data.ts'
import type { Piece } from './pieces.ts'
import { type Ranges, rangesOf } from './ranges.ts'
import { settlingFact } from './settling.ts'
import { budgetMeasure, chancesWords, enoughWords } from './text.ts'

export interface Fact {
  readonly heading: string
  readonly pieces: readonly Piece[]
}

export interface FirstScreen {
  /** What the figures are of: the measure, the months and the currency. */
  readonly scope: string
  /** Absent for a single offer, where nothing is chosen. */
  readonly grade?: Grade
  readonly headline: string
  /** The rest of the verdict. */
  readonly lead: string
  readonly ranges?: Ranges
  readonly facts: readonly Fact[]
}

/** A longer headline would fill four lines. Characters. */
const LONGEST_HEADLINE = 130

/** Nothing for a run that states no P80, which has no verdict. */
export function firstScreenOf(data: ReportData): FirstScreen | undefined {
  const { figures, titles, clearAt } = data
  const { summary } = figures
  const verdict = verdictOf(summary, { titles, clearAt })
  if (!verdict) return undefined
  const { grade, sentences } = verdict
  // A tie says first that the choice is open, and then what speaks for the smallest budget, if the headline has room for both.
  const both = sentences.slice(0, 2).join(' ').length <= LONGEST_HEADLINE
  const first = grade === 'toss-up' && both ? 2 : 1
  const ranges = rangesOf(summary, verdict, titles, { about: aboutOffers(data) })
  const names = Object.keys(summary.offers)
  const money = amountsOf(summary).whole
  return {
    scope: `${capitalMeasure(summary)}, ${spanWords(summary.months)}, ${summary.currency}`,
    ...(names.length > 1 && { grade }),
    headline: sentences.slice(0, first).join(' '),
    lead: [...sentences.slice(first), ...contextOf(data, verdict, money), ...elsewhere(data, verdict)].join(' '),
    ...(ranges && { ranges }),
    facts: [budgetFact(data, verdict, money), ...savingFact(data, money), ...statedBudget(summary), ...settlingFact(data, verdict)],
  }
}

/** What each contract charges in a few words, by the name of the figures. */
function aboutOffers({ owners = {}, stated }: ReportData): Readonly<Record<string, string>> {
  const found = Object.entries(stated ? briefCharges(stated) : {})
  return Object.fromEntries(found.map(([name, words]) => [Object.hasOwn(owners, name) ? owners[name] : name, words]))
}

/** The offer that the run recommended, as a sentence names it. */
const bestIn = ({ figures: { summary, best }, titles }: ReportData): string =>
  inSentence(shortTitles(Object.keys(summary.offers), titles)[best])

/** How far apart tied offers are, and what would make the comparison read as more than it is. */
function contextOf({ figures: { summary }, stated }: ReportData, { grade, offers: named }: Verdict, money: Amounts): string[] {
  const { offers, comparison } = summary
  const means = named.map((name) => offers[name][comparison.measure].mean.value).sort((a, b) => a - b)
  const [low, high] = [means[0], means[means.length - 1]].map(money.text)
  const isTie = grade === 'toss-up' && named.length > 1
  const isCertain = Object.values(offers).every((offer) => offer[comparison.measure].sd.value === 0)
  return [
    ...(isTie ? [low === high ? `Their average is ${low}.` : `Their averages are ${low} to ${high}.`] : []),
    ...(stated?.coverage === undefined ? [] : [stated.coverage]),
    ...(isCertain ? ['The plan states no range: these amounts hold only if every figure comes true.'] : []),
  ]
}

/** Another share than that of the run may name another offer, whose months are not kept. */
function elsewhere(data: ReportData, { offer }: Verdict): string[] {
  if (offer === data.figures.best) return []
  return [`The saving, the months and the details below are those of ${bestIn(data)}, which this run recommended.`]
}

function budgetFact({ figures: { summary, curves } }: ReportData, { offer, title, budget }: Verdict, money: Amounts): Fact {
  const { comparison, months, offers } = summary
  const years = trialsWord(months.length)
  // The narrow column has room for one word.
  const short = years.split(' ').pop()
  const cost = offers[offer][comparison.measure]
  // A cost that is certain has one amount, which always holds.
  const isCertain = cost.sd.value === 0
  const levels = isCertain ? ([80] as const) : ([50, 80, 90, 95] as const)
  const rows = levels.flatMap((level) => {
    const amount = cost.percentiles[`p${level}`]
    const holds = isCertain ? 100 : level
    return amount ? [[money.text(amount.value), `holds in ${holds} of 100 ${short}${level === 80 ? ' (P80)' : ''}`]] : []
  })
  const single = `A plan with single numbers gives ${money.text(cost.point)}. ${enoughWords(curves[offer].pointSuffices, summary)}`
  return {
    heading: `Budget ${money.text(budget.value)} for ${inSentence(title)}`,
    pieces: [
      { kind: 'table', table: { caption: '', head: ['Budget', 'How likely it is to hold'], rows, marked: isCertain ? 0 : 1 } },
      { kind: 'text', text: single },
    ],
  }
}

function savingFact(data: ReportData, money: Amounts): Fact[] {
  const { summary, best, saving } = data.figures
  if (!saving) return []
  const { offers, months } = summary
  const title = bestIn(data)
  const [alone, together] = [saving.withoutAi.value, offers[best].total.mean.value]
  const [less, more] = [money.less(alone, together), money.less(together, alone)]
  const heading = less
    ? `${capital(title)} saves ${less} on average`
    : more
      ? `${capital(title)} costs ${more} more than people alone on average`
      : `${capital(title)} costs as much as people alone on average`
  const years = trialsWord(months.length)
  const isCertain = saving.p10.value === saving.p90.value
  const range = isCertain
    ? `It is the same in all ${years}.`
    : `In 80 of 100 ${years} it saves ${money.text(saving.p10.value)} to ${money.text(saving.p90.value)}.`
  const never = saving.never.value > 0 ? ` In ${chancesWords(saving.never.value)} of 100 ${years} it does not pay for itself.` : ''
  const paid =
    saving.paid === undefined
      ? ''
      : ` ${isCertain ? 'It' : `In half of all ${years} it`} pays for itself ${saving.paid === 1 ? 'in the first month' : `by ${monthWords(months[saving.paid - 1])}`}.`
  return [
    {
      heading,
      pieces: [
        {
          kind: 'text',
          text: `If people answer everything, the same months cost ${money.text(alone)}. With ${title}, the vendor, people and your own running costs come to ${money.text(together)}.`,
        },
        { kind: 'text', text: `${range}${paid}${never}` },
      ],
    },
  ]
}

function statedBudget({ budget, comparison, currency, months }: Summary): Fact[] {
  if (!budget) return []
  const money = amountsAt(budget.needed.value, currency)
  const level = formatStatedShare(budget.confidence)
  const years = trialsWord(months.length)
  return [
    {
      heading: `Your budget of ${formatMoney(budget.amount, currency)} holds in ${chancesWords(budget.holds.value)} of 100 ${years}`,
      pieces: [
        {
          kind: 'text',
          text: `It is stated for ${budget.offer}${budgetMeasure(budget, comparison.measure)}. To be ${level} sure, it needs ${money.text(budget.needed.value)}.`,
        },
      ],
    },
  ]
}
