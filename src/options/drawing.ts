// The options of a chart as a PNG picture.
import { textKind } from './kinds.ts'
import { type OptionKind, type OptionsOf, programOnly } from './option.ts'

const scale: OptionKind<number> = {
  name: 'number',
  expected: 'a number from 0.1 to 10',
  accepts: (value) => typeof value === 'number' && value >= 0.1 && value <= 10,
}

export const drawing = {
  scale: programOnly(scale, 'pixels per unit of the drawing', '2'),
  background: programOnly(textKind('<color>', 'a CSS color'), 'CSS color of the background', "'#ffffff'"),
} as const
export type PngOptions = OptionsOf<typeof drawing>
