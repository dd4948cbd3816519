// Writes the labels of the fields that are inputs of a plan, such as `resolution.rate`, so that charts name them without loading the schema.
import { importSources } from './sources.mjs'
import { write } from './write.mjs'

const SOURCES = "export { fieldEntries, scenarioPlaces } from './src/scenario/places.ts'"

/** An input has a name of two keys. Deeper fields, such as those of segments, share their labels. */
export async function writeInputLabels(target) {
  const { fieldEntries, scenarioPlaces } = await importSources('input-labels', SOURCES)
  const labels = fieldEntries(scenarioPlaces())
    .filter(({ pattern }) => pattern.split('.').length === 2)
    .map(
      ({ pattern, field }) =>
        `  [${JSON.stringify(pattern)}, { label: ${JSON.stringify(field.label)}, kind: ${JSON.stringify(field.kind)} }],\n`,
    )
  write(
    target,
    `// Made by scripts/input-labels.mjs from the schema of a plan. A * stands for any name.\nexport const INPUT_LABELS: ReadonlyMap<string, { readonly label: string; readonly kind: string }> = new Map([\n${labels.join('')}])\n`,
  )
}
