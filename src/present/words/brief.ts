// The charges of a contract in a few words, which stand under its name in a chart: "$0.70 a conversation".
import type { StatedPlan } from './plan.ts'

/** Longer ones would fill three lines beside a bar. */
const LONGEST = 48

/** By offer. An offer that charges nothing by itself, such as a switch between two, has none, and one whose title says the same. */
export function briefCharges({ charges }: StatedPlan): Readonly<Record<string, string>> {
  const found = charges.flatMap(({ offer, name, words }): (readonly [string, string])[] => {
    if (offer === undefined) return []
    const [first, ...others] = words.split('\n').filter((line) => /^[$€£¥\d]/.test(line))
    if (first === undefined) return []
    const brief = shortened(first)
    const whole = others.length > 0 ? `${brief}, and more` : brief
    return whole.length > LONGEST || name.includes(brief) ? [] : [[offer, whole]]
  })
  return Object.fromEntries(found)
}

/** The first clause of a charge's sentence, without its asides: "30,000 resolutions a month at $0.88". */
const shortened = (sentence: string): string =>
  sentence
    .replace(/ \([^()]*\)/g, '')
    .split(/, | = /)[0]
    .replace(/\.$/, '')
    .replace(/ for each (?=([a-z]))/, (_, next: string) => (/[aeiou]/.test(next) ? ' an ' : ' a '))
