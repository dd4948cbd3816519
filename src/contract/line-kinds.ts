// Every kind of line that a contract can bill, by name.
import { charges } from './charges/index.generated.ts'
import { type LineKind, type LineKinds, byUse } from './lines.ts'
import { boundLines } from './modifiers/bounds.ts'
import { guaranteeLines } from './terms/guarantee.ts'
import { returnedLines } from './returned-lines.ts'
import { offerMinimumLines } from './terms/minimum.ts'
import { refundLines } from './terms/refund.ts'

const kinds = new Map<string, LineKind>()

const sources: readonly LineKinds[] = [
  ...Object.values<{ readonly lines: LineKinds }>(charges).map(({ lines }) => lines),
  boundLines,
  returnedLines,
  offerMinimumLines,
  refundLines,
  guaranteeLines,
]
for (const [name, kind] of sources.flatMap((lines) => Object.entries(lines))) {
  const known = kinds.get(name) ?? kind
  if (known !== kind) throw new Error(`two kinds of lines have the name "${name}"`)
  kinds.set(name, kind)
}

export const lineKind = (line: string): LineKind => kinds.get(line) ?? byUse
