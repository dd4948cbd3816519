// Reads months and days from a column of dates.
import { parseMonth } from '../../months.ts'

export interface Dated {
  readonly month: number
  /** From 1; absent where only a month is stated. */
  readonly day?: number
}

const NAMES = 'january february march april may june july august september october november december'.split(' ')

export const daysIn = (month: number): number => {
  const [year, k] = [Math.floor(month / 12), month % 12]
  if (k === 1) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [3, 5, 8, 10].includes(k) ? 30 : 31
}

/** Reads 2024-03, 2024-03-31, 2024/3/31, 2024-03-31T…, Mar 2024 and 2024 March, but no ambiguous date such as 03/04/2024. */
export function parseDate(text: string): Dated | undefined {
  const numbers = /^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(text)
  if (numbers) {
    const month = parseMonth(`${numbers[1]}-${numbers[2].padStart(2, '0')}`)
    if (month === undefined) return undefined
    if (numbers[3] === undefined) return { month }
    const day = Number(numbers[3])
    return day >= 1 && day <= daysIn(month) ? { month, day } : undefined
  }
  const words = /^(?:([A-Za-z]{3,9})[ -](\d{4})|(\d{4})[ -]([A-Za-z]{3,9}))$/.exec(text)
  if (!words) return undefined
  const name = (words[1] ?? words[4]).toLowerCase()
  // The pattern asks for at least three letters, which identify a month.
  const k = NAMES.findIndex((month) => month.startsWith(name))
  return k < 0 ? undefined : { month: 12 * Number(words[2] ?? words[3]) + k }
}
