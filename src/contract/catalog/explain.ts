// The catalog as people read it.
import { definitions, durationText, windowWords } from '../definitions/index.ts'
import { citationsOf, type CatalogEntry, plainOf } from './entry.ts'
import { catalog, vendors } from './index.ts'

export function listOffers(): string {
  const width = Math.max(...[...catalog.keys()].map((name) => name.length))
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
  const entry = catalog.get(name)
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
    ...definitionLines(entry),
    ...questionLines(entry),
    ...(entry.notes ? ['', 'Notes', ...entry.notes.map((note) => `  ${note}`)] : []),
    '',
    'Overrides go by the id of a charge, for example',
    `  offers: { mine: { catalog: ${name}, charges: { ${example(charges)} } } }`,
    '',
  ].join('\n')
}

/** What counts, in plain language, and who says so. */
function definitionLines({ definition }: CatalogEntry): string[] {
  if (!definition) return []
  const { counts, hours, days, from, note } = definition
  const words =
    counts === 'conversation' ? windowWords(durationText(hours * HOUR)) : definitions[counts].words(durationText(hours * HOUR))
  return [
    '',
    `What counts: ${counts}`,
    `  ${words}`,
    ...(days === undefined ? [] : [`  A return within ${days} days takes it back.`]),
    `  ${from.title}, ${from.publisher}, ${from.asOf}${note === undefined ? '' : `; ${note}`}`,
  ]
}
const HOUR = 3_600_000

/** What buyers should ask, and the answers as far as the entry gives them. */
function questionLines(entry: CatalogEntry): string[] {
  const { definition } = entry
  const { charges, ...terms } = plainOf(entry.offer) as {
    readonly charges: readonly Record<string, unknown>[]
    readonly [term: string]: unknown
  }
  const terse = (keys: readonly string[]) =>
    charges.flatMap((charge) =>
      keys.filter((key) => key in charge).map((key) => `${String(charge.id ?? '')} ${key} ${written(charge[key])}`.trim()),
    )
  const fixed = charges.filter((charge) => 'seats' in charge || 'fee' in charge).map((charge) => written(charge))
  const asked: readonly (readonly [string, string | undefined])[] = [
    ['What exactly counts, and who decides?', definition && `${definition.counts}, see above`],
    [
      'What is not billed: hand-overs, returns, customers who gave up?',
      definition &&
        (definition.counts === 'conversation'
          ? 'every window is billed, whatever came of it'
          : `hand-overs are not resolutions${definition.counts === 'timeout' ? ', customers who gave up are' : ', nor are customers who gave up'}`),
    ],
    [
      'What happens above what is committed or included?',
      terse(['overage', 'included', 'commitment', 'limit', 'maximum']).join('; ') || undefined,
    ],
    [
      'What is fixed beside usage: seats, platform, minimums?',
      [...fixed, ...terse(['minimum']), ...(terms.minimum === undefined ? [] : [`minimum ${written(terms.minimum)}`])].join('; ') ||
        undefined,
    ],
    ['Is there an itemised list of what was billed, for an audit?', undefined],
  ]
  const open = asked.filter(([, answer]) => answer === undefined).map(([question]) => question)
  return [
    '',
    'Questions to ask before signing',
    ...asked.flatMap(([question, answer]) => (answer === undefined ? [] : [`  ${question} ${answer}`])),
    ...open.map((question) => `  ${question} Open: ask the vendor.`),
  ]
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
