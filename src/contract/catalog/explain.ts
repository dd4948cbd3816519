// The catalog as text for the terminal.
import { definitions, durationText, windowWords } from '../definitions/index.ts'
import { inlineYaml } from '../../notation/fields.ts'
import { citationsOf, type CatalogEntry, plainOf, type Publication } from './entry.ts'
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

export function explainOffer(name: string): string | undefined {
  const entry = catalog.get(name)
  if (!entry) return undefined
  const { charges, ...terms } = plainOf(entry.offer) as { readonly charges: readonly object[] }
  const cites = citationsOf(entry.offer).map((cite) => `  ${cite.path}: ${cite.value} (${sourceOf(cite)})`)
  const rates = (entry.rates ?? []).map((stated) => `  ${stated.rate}, stated by ${WHO[stated.by]} (${sourceOf(stated)})`)
  return [
    `${name}: ${entry.title} (${entry.vendor})`,
    '',
    'Charges',
    ...charges.map((charge) => `  ${inlineYaml(charge)}`),
    ...Object.entries(terms).map(([key, value]) => `${key}: ${inlineYaml(value)}`),
    '',
    'Sources',
    ...cites,
    ...(rates.length === 0
      ? []
      : ['', 'Published resolution rates (for orientation: state your own in `resolution.rate`)', ...rates]),
    ...definitionLines(entry),
    ...questionLines(entry),
    ...(entry.notes ? ['', 'Notes', ...entry.notes.map((note) => `  ${note}`)] : []),
    '',
    'To change a charge, name its id, for example',
    `  offers: { mine: { catalog: ${name}, charges: { ${example(charges)} } } }`,
    '',
  ].join('\n')
}

const WHO = { vendor: 'the vendor', customer: 'a customer', independent: 'a third party' } as const

const sourceOf = ({ from, note }: { readonly from: Publication; readonly note?: string }): string =>
  `${from.title}, ${from.publisher}, ${from.asOf}${note === undefined ? '' : `; ${note}`}`

function definitionLines({ definition }: CatalogEntry): string[] {
  if (!definition) return []
  const { counts, hours, days } = definition
  const length = durationText(hours * HOUR)
  return [
    '',
    `What counts: ${counts}`,
    `  ${counts === 'conversation' ? windowWords(length) : definitions[counts].words(length)}`,
    ...(days === undefined ? [] : [`  It does not count if the customer returns within ${days} days.`]),
    `  ${sourceOf(definition)}`,
  ]
}
const HOUR = 3_600_000

function questionLines(entry: CatalogEntry): string[] {
  const { definition } = entry
  const { charges, ...terms } = plainOf(entry.offer) as {
    readonly charges: readonly Record<string, unknown>[]
    readonly [term: string]: unknown
  }
  const terse = (keys: readonly string[]) =>
    charges.flatMap((charge) =>
      keys.filter((key) => key in charge).map((key) => `${String(charge.id ?? '')} ${key} ${inlineYaml(charge[key])}`.trim()),
    )
  const fixed = charges.filter((charge) => 'seats' in charge || 'fee' in charge).map((charge) => inlineYaml(charge))
  const asked: readonly (readonly [string, string | undefined])[] = [
    ['What exactly counts, and who decides?', definition && `${definition.counts}, see above`],
    [
      'Are handovers, returns and customers who gave up billed?',
      definition &&
        (definition.counts === 'conversation'
          ? 'every window is billed, whatever its outcome'
          : `handovers are not resolutions${definition.counts === 'timeout' ? ', but customers who gave up are' : ', nor are customers who gave up'}`),
    ],
    [
      'What happens beyond the committed or included quantity?',
      terse(['overage', 'included', 'commitment', 'limit', 'maximum']).join('; ') || undefined,
    ],
    [
      'Which costs do not depend on usage: seats, platform, minimums?',
      [...fixed, ...terse(['minimum']), ...(terms.minimum === undefined ? [] : [`minimum ${inlineYaml(terms.minimum)}`])].join(
        '; ',
      ) || undefined,
    ],
    ['Is there an itemized list of billed units, for an audit?', undefined],
  ]
  const open = asked.filter(([, answer]) => answer === undefined).map(([question]) => question)
  return [
    '',
    'Questions to ask before signing',
    ...asked.flatMap(([question, answer]) => (answer === undefined ? [] : [`  ${question} ${answer}`])),
    ...open.map((question) => `  ${question} Open: ask the vendor.`),
  ]
}

function example(charges: readonly object[]): string {
  const [first] = charges as readonly { readonly id: string; readonly price?: unknown; readonly fee?: unknown }[]
  return first.fee === undefined ? `${first.id}: { price: $0.50 }` : `${first.id}: { fee: $50/month }`
}
