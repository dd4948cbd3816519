// Texts that a terminal, a page or a sheet could act on.
import fc from 'fast-check'

export const MARKS = [
  ...Array.from({ length: 32 }, (_, k) => k),
  ...Array.from({ length: 33 }, (_, k) => 0x7f + k),
  ...[0xad, 0x61c, 0x115f, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069],
  ...[0xfeff, 0xfff9, 0xfffe, 0xffff, 0xe0001, 0xe0041, 0x1fffe],
].map((code) => String.fromCodePoint(code))
export const HALVES = ['\ud800', '\udfff', '\udc00\ud800']
const FORMULAS = ['=1+1', ' =1', '+1', '-1', '@SUM(A1)', '\t=1', 'a;=cmd|x', 'a\t=1', 'a|=1', '＝1']
export const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...MARKS, ...HALVES, ...FORMULAS),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.constantFrom('<', '&', '"', "'", ',', '\\', '`'),
    ),
  )
  .map((parts) => parts.join(''))
