// Figures of answers, in the units of a reader.
import { formatError, formatMoney, formatShare } from '../../notation/money.ts'
import type { Estimate } from '../../summary/summary.ts'
import type { ToolFigure } from './tool.ts'

/** An amount in the plan's currency. */
export const amountFigure = (name: string, figure: Estimate, currency: string): ToolFigure =>
  toolFigure(name, figure, currency, (value) => formatMoney(value, currency))

/** A probability or another share, as a fraction. */
export const oddsFigure = (name: string, figure: Estimate): ToolFigure =>
  toolFigure(name, figure, 'share', (value) => formatShare(value, 2))

/** @param write the number as a reader sees it @param writeError its error, if that is written in another way */
export function toolFigure(
  name: string,
  { value, se }: Estimate,
  unit: string,
  write: (value: number) => string,
  writeError: (se: number) => string = write,
): ToolFigure {
  const text = se === 0 ? write(value) : `${write(value)} ${formatError(se, writeError)}`
  return { name, value, se: Number.isFinite(se) ? se : null, unit, text }
}

/** A number without sampling error. */
export const certainly = (value: number): Estimate => ({ value, se: 0 })
