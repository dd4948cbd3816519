// The editor suggests the keys and words that the schema allows at the cursor, and the names of the plan's offers and segments.
import { type PlaceStep, textPlaceAt } from './place.ts'
import { schemaKeys, type SchemaNode, type SchemaOption, schemaWords } from './schema-options.ts'

export interface PlanNames {
  readonly offers: readonly string[]
  readonly segments: readonly string[]
}

interface Suggested {
  /** Where the word begins that a suggestion replaces. */
  readonly from: number
  readonly keys: readonly SchemaOption[]
  readonly words: readonly SchemaOption[]
}

interface Known {
  readonly schema: SchemaNode
  readonly names: () => PlanNames
}

/** Keys whose values are names of the plan. */
function namesAt(path: readonly PlaceStep[], names: Known['names']): readonly SchemaOption[] {
  const key = path.filter((step) => step !== 0).at(-1)
  const found = key === 'of' ? names().segments : key === 'offer' ? names().offers : []
  return found.map((label) => ({ label, help: '' }))
}

/** @param position characters before the cursor */
export function suggestedAt(text: string, position: number, { schema, names }: Known): Suggested {
  const { path, expects, word, beside } = textPlaceAt(text, position)
  const taken = new Set(beside)
  const keys = expects === 'value' ? [] : schemaKeys(schema, path).filter(({ label }) => label === word || !taken.has(label))
  // An entry of a list is a word, or has keys.
  const words = expects === 'value' || path.at(-1) === 0 ? [...schemaWords(schema, path), ...namesAt(path, names)] : []
  return { from: position - word.length, keys, words }
}
