// The third fact of the first screen: what would change the answer. Rates and volumes at which another contract costs least, the price at which
// the next one needs no more budget, and what moves the cost.
import { inSentence } from '../../questions/compare/verdict-words.ts'
import { shortTitles, type Verdict } from '../../questions/compare/verdict.ts'
import { type LeadCourse, leadersOf } from '../../questions/compare/courses.ts'
import { askedWords } from '../words/asking.ts'
import { stripOf } from './changes.ts'
import type { ReportData } from './data.ts'
import { moverWords } from './drivers.ts'
import type { Fact } from './first-screen.ts'

/** Nothing for a single offer whose cost nothing moves. */
export function settlingFact(data: ReportData, verdict: Verdict): Fact[] {
  const { changes, summary } = data.figures
  const courses = changes?.courses ?? []
  const turning = courses.find((course) => leadersOf(course).length > 1)
  const shown = turning ?? courses[0]
  const texts = [
    ...(shown === undefined ? [] : [`${stripOf(shown, summary, data.titles).title}.`]),
    ...levelWords(data, verdict),
    ...optional(moverWords(data)),
  ]
  if (texts.length === 0) return []
  return [{ heading: headingOf(courses, turning, verdict), pieces: texts.map((text) => ({ kind: 'text', text })) }]
}

const optional = (text: string | undefined): string[] => (text === undefined ? [] : [text])

const nounOf = ({ driver }: LeadCourse): string => (driver === 'conversations' ? 'volume' : 'resolution rate')

function headingOf(courses: readonly LeadCourse[], turning: LeadCourse | undefined, { grade, odds }: Verdict): string {
  if (turning) return `The ${nounOf(turning)} would ${grade === 'toss-up' ? 'settle' : 'change'} it`
  if (courses.length === 0) return Object.keys(odds).length === 1 ? 'What moves the cost' : 'What would change it'
  const nouns = courses.map(nounOf).join(' or ')
  return grade === 'toss-up' ? `No ${nouns} settles it` : `No likely ${nouns} changes it`
}

/** The price at which the contract with the next lowest average needs no more budget than the others. */
function levelWords({ figures: { changes, summary }, titles }: ReportData, { offer }: Verdict): string[] {
  const { offers, comparison } = summary
  const names = Object.keys(offers)
  const mean = (name: string) => offers[name][comparison.measure].mean.value
  const [next] = names.filter((name) => name !== offer).sort((a, b) => mean(a) - mean(b))
  const asked = changes?.asking.find((own) => own.offer === next)
  if (!asked || asked.level === undefined || asked.level === asked.stated) return []
  const title = shortTitles(names, titles)[next]
  const { level, quoted, unit } = askedWords(asked)
  return [
    asked.price
      ? `At ${level} ${unit} (now ${quoted}), ${inSentence(title)} draws level (P80).`
      : `With all its prices ${level}, ${inSentence(title)} draws level (P80).`,
  ]
}
