// The terminal that a command prints on: its width, and text that stands out. Pipes and NO_COLOR get plain text (util.styleText).
import { styleText } from 'node:util'
import { visible } from '../errors.ts'
import { type Block, linesOfBlocks, type Screen, type TextSpan, type Tone } from '../present/report/text-table.ts'

/** The width of tables in a pipe, which a terminal, a log or a mail most often has. */
const USUAL_COLUMNS = 80
const LEAST_COLUMNS = 40

/** Each is applied alone: Node 20 writes a list of them into pipes too. */
const FORMATS: Readonly<Record<Tone, readonly Exclude<Parameters<typeof styleText>[0], readonly unknown[]>[]>> = {
  strong: ['bold'],
  muted: ['dim'],
  good: ['bold', 'green'],
  warning: ['bold', 'yellow'],
}

type Output = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>

/** @param errors whether figures stand with their standard errors */
export function screenOf(errors: boolean, { isTTY, columns }: Output = process.stdout, stated = process.env.COLUMNS): Screen {
  const wide = isTTY === true ? columns : Number(stated ?? '')
  return { columns: Math.max(LEAST_COLUMNS, wide > 0 ? wide : USUAL_COLUMNS), errors, wraps: isTTY === true }
}

/** A piece of text without anything that moves the cursor, in its tone. */
export const painted = ({ text, tone }: TextSpan, stream: NodeJS.WriteStream = process.stdout): string =>
  tone === undefined || text === ''
    ? visible(text)
    : FORMATS[tone].reduce((own, format) => styleText(format, own, { stream }), visible(text))

/** The blocks as text for standard output. */
export const paintedText = (blocks: readonly Block[], errors: boolean): string =>
  linesOfBlocks(blocks, screenOf(errors))
    .map((spans) => `${spans.map((span) => painted(span)).join('')}\n`)
    .join('')
