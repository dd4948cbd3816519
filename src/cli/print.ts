// What commands print.

export const printJson = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
export const printLines = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`)
export const note = (words: string): void => void process.stderr.write(`note: ${words}\n`)

/** The closing line of every table. */
export const FOOT = '± is the standard error of the simulation.'
