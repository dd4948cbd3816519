// How unsure the volume of a fitted history is: as the fit says, or wider. A fit knows the past only.

export const WIDTHS = [1, 1.5, 2] as const
export type Width = (typeof WIDTHS)[number]

/** The mean and the standard deviation of a fitted level. */
const BASE = /^\s*lognormal\(\s*(\d+(?:\.\d+)?)\s*,\s*(\d+(?:\.\d+)?)\s*\)\s*$/
/** The spread of the level as the fit stated it, which the comment above it keeps. */
const STATED = /± (\d+(?:\.\d+)?)%\s*\n\s*base:/
const GROWTH = /^(\s*(?:truncatedNormal|normal)\(\s*-?[\d.]+%\s*,\s*)([\d.]+)(%.*)$/

/** What the plan states of a fitted volume: level and growth as they are written, and the noise in percent. */
export interface FittedVolume {
  readonly base: unknown
  readonly growth: unknown
  readonly cv: number | undefined
}

/** A path in the plan and what stands there in another width. */
type Widened = readonly [path: readonly string[], value: string]

/** By how much the spread of a plan is wider than that of its fit. 1 for a plan that has no comment of the fit. */
export function widthOf(text: string, { base }: FittedVolume): Width {
  const [, mean, sd] = BASE.exec(String(base)) ?? []
  const stated = STATED.exec(text)?.[1]
  if (mean === undefined || stated === undefined) return 1
  const ratio = Number(sd) / Number(mean) / (Number(stated) / 100)
  return WIDTHS.reduce((best, width) => (Math.abs(width - ratio) < Math.abs(best - ratio) ? width : best))
}

const digits = (value: number): number => Number(value.toPrecision(9))

/** The level at another mean. Its spread is the same share of it. */
export function atLevel({ base }: Pick<FittedVolume, 'base'>, to: number): string {
  const [, mean, sd] = BASE.exec(String(base)) ?? []
  return `lognormal(${to}, ${digits((Number(sd) * to) / Number(mean))})`
}

/** Level, growth and months with their spreads in another width. Their means stay. */
export function widened({ base, growth, cv }: FittedVolume, from: Width, to: Width): readonly Widened[] {
  const factor = to / from
  const [, mean, sd] = BASE.exec(String(base)) ?? []
  const [, before, spread, after] = GROWTH.exec(String(growth)) ?? []
  return [
    ...(mean === undefined ? [] : [[['conversations', 'base'], `lognormal(${mean}, ${digits(Number(sd) * factor)})`] as const]),
    ...(before === undefined
      ? []
      : [[['conversations', 'growth'], `${before}${digits(Number(spread) * factor)}${after}`] as const]),
    ...(cv === undefined ? [] : [[['conversations', 'noise', 'cv'], `${digits(cv * factor)}%`] as const]),
  ]
}
