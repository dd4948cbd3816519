// Options of a chart as a picture.
import { textKind } from './kinds.ts'
import { type OptionKind, type OptionsOf, programOnly } from './option.ts'

const scale: OptionKind<number> = {
  name: 'number',
  expected: 'a number from 0.1 to 10',
  accepts: (value) => typeof value === 'number' && value >= 0.1 && value <= 10,
}

export const drawing = {
  scale: programOnly(scale, "pixels for each of the drawing's", { default: '2' }),
  background: programOnly(textKind('<color>', 'a CSS color'), 'CSS color behind the chart', { default: "'#ffffff'" }),
} as const
export type PngOptions = OptionsOf<typeof drawing>
