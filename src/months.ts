// Months are integers, 12·year + (month − 1): no Date, no time zone.

/** @returns the month of "2027-03", or undefined where the text is none */
export function parseMonth(text: string): number | undefined {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text)
  return match ? 12 * Number(match[1]) + Number(match[2]) - 1 : undefined
}

/** "2027-03" of a month. */
export function formatMonth(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`
}

/** 0 for January … 11 for December. */
export function calendarMonth(month: number): number {
  return month % 12
}
