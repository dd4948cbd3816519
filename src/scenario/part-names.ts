// Checks the names of parts, and the keys beside them, before the plan's fields are read.
import { NAME, NAMED } from '../contract/name.ts'
import { BESIDE_PARTS } from '../contract/parts.ts'
import { type Located, shown } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { isFields } from '../notation/fields.ts'
import { repeatedNames } from './table-columns.ts'

/** Problems of offers with parts: terms that belong into the parts, and names that parts cannot have. */
export function strayTerms(data: unknown): Located[] {
  if (!isFields(data) || !isFields(data.offers)) return []
  return Object.entries(data.offers).flatMap(([name, offer]) => {
    if (!isFields(offer) || !Object.hasOwn(offer, 'parts') || !isFields(offer.parts)) return []
    const path = ['offers', name]
    const stray = Object.keys(offer).filter((key) => !BESIDE_PARTS.some((known) => known === key))
    return [
      ...stray.map((key) => ({
        path: [...path, key],
        message: `move \`${key}\` into the parts: beside \`parts\` may stand ${BESIDE_PARTS.filter((known) => known !== 'parts').join(', ')}`,
      })),
      ...nameProblems(Object.keys(offer.parts), [...path, 'parts']),
    ]
  })
}

function nameProblems(names: readonly string[], path: readonly string[]): Located[] {
  const repeated = repeatedNames(names)
  const ofList =
    names.length === 0
      ? [{ path, message: 'expected at least one part, got none' }]
      : names.length > LIMITS.parts
        ? [{ path, message: `expected at most ${LIMITS.parts} parts, got ${names.length}` }]
        : []
  return [
    ...ofList,
    ...names.flatMap((name, k): Located[] => {
      if (!NAME.test(name)) return [{ path: [...path, name], message: `expected ${NAMED}, got ${shown(name)}` }]
      if (!repeated.has(k)) return []
      const message = `expected names that differ not only in case, got ${shown(name)} and ${shown(repeated.get(k))}`
      return [{ path: [...path, name], message }]
    }),
  ]
}
