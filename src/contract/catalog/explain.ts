// One offer of the catalog, or one vendor by quote, as text for the terminal.

import { inlineYaml } from '../../notation/fields.ts'
import { definitions, durationText, windowWords } from '../definitions/index.ts'
import {
  type CatalogEntry,
  type Citation,
  citationsOf,
  type CatalogNote,
  type Publication,
  plainOf,
  publisherText,
  type Sourced,
  sourceText,
  type VendorQuote,
} from './entry.ts'
import { catalog, quotes } from './index.ts'

export function explainOffer(name: string): string | undefined {
  const entry = catalog.get(name)
  if (!entry) return undefined
  const { charges, ...terms } = plainOf(entry.offer) as { readonly charges: readonly object[] }
  const rates = (entry.rates ?? []).map((stated) => `  ${stated.rate}, stated by ${WHO[stated.by]} (${sourceText(stated)})`)
  const quote = quotes.find(({ vendor }) => vendor === entry.vendor)
  return [
    `${name}: ${entry.title} (${entry.vendor})`,
    '',
    'Charges',
    ...charges.map((charge) => `  ${inlineYaml(charge)}`),
    ...Object.entries(terms).map(([key, value]) => `${key}: ${inlineYaml(value)}`),
    '',
    'Sources',
    ...citationsOf(entry.offer).flatMap(citationLines),
    ...section('Published resolution rates (for orientation: state your own in `resolution.rate`)', rates),
    ...definitionLines(entry),
    ...section('Questions to ask before signing', [
      ...questionLines(entry),
      ...(quote?.questions ?? []).map((line) => `  ${line}`),
    ]),
    ...section('Notes', noteLines(entry.notes)),
    ...section('Addresses', addressLines(entry)),
    ...section(`Other offers of ${entry.vendor}`, otherLines(name, entry.vendor)),
    '',
    'To change a charge, name its id, for example',
    `  offers: { mine: { catalog: ${name}, charges: { ${example(charges)} } } }`,
    '',
  ].join('\n')
}

/** What a vendor sells by quote: what it bills, what others report, and what to ask. A list names only who publishes a source. */
export function quoteLines(quote: VendorQuote, source: (stated: Sourced) => string = publisherText): string[] {
  const { vendor, title, bills, reported = [], questions } = quote
  return [
    title.startsWith(vendor) ? title : `${vendor}, ${title}`,
    `  bills: ${bills.value} (${source(bills)})`,
    ...reported.flatMap(({ what, conflicts = [], ...figure }) => [
      `  reported for ${what}: ${figure.value} (${source(figure)})`,
      ...conflictLines({ conflicts }, source),
    ]),
    '  ask:',
    ...questions.map((question) => `    ${question}`),
  ]
}

export const explainQuote = (quote: VendorQuote): string =>
  [
    ...quoteLines(quote, sourceText),
    ...section('Notes', noteLines(quote.notes)),
    ...section('Addresses', addressLines(quote)),
    ...section('Ask every vendor', EVERY_VENDOR),
    '',
  ].join('\n')

const section = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', title, ...lines])

const citationLines = ({ path, ...cite }: Citation): string[] => [
  `  ${path}: ${cite.value} (${sourceText(cite)})`,
  ...conflictLines(cite),
]

const conflictLines = (
  { conflicts = [] }: Pick<Citation, 'conflicts'>,
  source: (stated: Sourced) => string = sourceText,
): string[] => conflicts.map((other) => `    another source: ${other.value} (${source(other)})`)

const noteLines = (notes: readonly CatalogNote[] = []): string[] =>
  notes.map((note) => `  ${typeof note === 'string' ? note : `${note.text} (${sourceText(note)})`}`)

/** Each publication with an address, once. */
function addressLines(node: unknown): string[] {
  const found = new Map<string, string>()
  const visit = (item: unknown): void => {
    if (typeof item !== 'object' || item === null) return
    const { url, title, publisher } = item as Partial<Publication>
    if (typeof url === 'string') found.set(url, `  ${title}, ${publisher}: ${url}`)
    else for (const part of Object.values(item)) visit(part)
  }
  visit(node)
  return [...found.values()]
}

const otherLines = (name: string, vendor: string): string[] =>
  [...catalog].flatMap(([other, entry]) => (entry.vendor === vendor && other !== name ? [`  ${other}  ${entry.title}`] : []))

const WHO = { vendor: 'the vendor', customer: 'a customer', independent: 'a third party' } as const

function definitionLines({ definition }: CatalogEntry): string[] {
  if (!definition) return []
  const { counts, hours, days } = definition
  const length = durationText(hours * HOUR)
  return [
    '',
    `What counts: ${counts}`,
    `  ${counts === 'conversation' ? windowWords(length) : definitions[counts].words(length)}`,
    ...(days === undefined ? [] : [`  It does not count if the customer returns within ${days} days.`]),
    `  ${sourceText(definition)}`,
  ]
}
const HOUR = 3_600_000

const QUESTIONS = {
  counts: 'What exactly counts, and who decides?',
  returns: 'Are handovers, returns and customers who gave up billed?',
  beyond: 'What happens beyond the committed or included quantity?',
  fixed: 'Which costs do not depend on usage: seats, platform, minimums?',
  items: 'Is there an itemized list of billed units, for an audit?',
} as const

/** The questions of any contract, for vendors whose terms are not published. */
export const EVERY_VENDOR: readonly string[] = Object.values(QUESTIONS).map((question) => `  ${question}`)

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
  const counted =
    definition?.counts === 'conversation'
      ? 'every window is billed, whatever its outcome'
      : `handovers are not resolutions${definition?.counts === 'timeout' ? ', but customers who gave up are' : ', nor are customers who gave up'}`
  const answers: Readonly<Record<keyof typeof QUESTIONS, string | undefined>> = {
    counts: definition && `${definition.counts}, see above`,
    returns: definition && counted,
    beyond: terse(['overage', 'included', 'commitment', 'limit', 'maximum']).join('; ') || undefined,
    fixed:
      [...fixed, ...terse(['minimum']), ...(terms.minimum === undefined ? [] : [`minimum ${inlineYaml(terms.minimum)}`])].join(
        '; ',
      ) || undefined,
    items: undefined,
  }
  const asked = Object.entries(QUESTIONS).map(([key, question]) => ({ question, answer: answers[key as keyof typeof QUESTIONS] }))
  return [
    ...asked.flatMap(({ question, answer }) => (answer === undefined ? [] : [`  ${question} ${answer}`])),
    ...asked.flatMap(({ question, answer }) => (answer === undefined ? [`  ${question} Open: ask the vendor.`] : [])),
  ]
}

function example(charges: readonly object[]): string {
  const [first] = charges as readonly { readonly id: string; readonly price?: unknown; readonly fee?: unknown }[]
  return first.fee === undefined ? `${first.id}: { price: $0.50 }` : `${first.id}: { fee: $50/month }`
}
