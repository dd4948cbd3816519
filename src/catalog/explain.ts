// The catalogue as people read it.
import { citationsOf, plainOf } from './entry.ts'
import { catalogue, vendors } from './index.ts'

export function listOffers(): string {
  const width = Math.max(...[...catalogue.keys()].map((name) => name.length))
  return vendors
    .flatMap(({ vendor, offers }) => [
      vendor,
      ...Object.entries(offers).map(([name, { title }]) => `  ${name.padEnd(width)}  ${title}`),
      '',
    ])
    .join('\n')
}

/** One offer: what it states, where each figure comes from, which rates are claimed. */
export function explainOffer(name: string): string | undefined {
  const entry = catalogue.get(name)
  if (!entry) return undefined
  const { charges, ...terms } = plainOf(entry.offer) as { readonly charges: readonly object[] }
  const cites = citationsOf(entry.offer).map(({ path, value, from, note }) => {
    const where = `${from.title}, ${from.publisher}, ${from.asOf}`
    return `  ${path}: ${value} (${where}${note === undefined ? '' : `; ${note}`})`
  })
  const rates = (entry.rates ?? []).map(
    ({ rate, by, from, note }) =>
      `  ${rate}, ${by} (${from.title}, ${from.publisher}, ${from.asOf}${note === undefined ? '' : `; ${note}`})`,
  )
  return [
    `${name}: ${entry.title} (${entry.vendor})`,
    '',
    'Charges',
    ...charges.map((charge) => `  ${written(charge)}`),
    ...Object.entries(terms).map(([key, value]) => `${key}: ${written(value)}`),
    '',
    'Sources',
    ...cites,
    ...(rates.length === 0 ? [] : ['', 'Stated resolution rates (never used by themselves: state your own)', ...rates]),
    ...(entry.notes ? ['', 'Notes', ...entry.notes.map((note) => `  ${note}`)] : []),
    '',
    'Overrides go by the id of a charge, for example',
    `  offers: { mine: { catalog: ${name}, charges: { ${example(charges)} } } }`,
    '',
  ].join('\n')
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  return `{ ${Object.entries(value)
    .map(([key, item]) => `${key}: ${written(item)}`)
    .join(', ')} }`
}

function example(charges: readonly object[]): string {
  const [first] = charges as readonly { readonly id: string; readonly price?: unknown; readonly fee?: unknown }[]
  return first.fee === undefined ? `${first.id}: { price: $0.50 }` : `${first.id}: { fee: $50/month }`
}
