// The tables of docs/ that are made from the product's own lists.
import { quotes, vendors } from '../../src/contract/catalog/index.ts'
import { chargeModels } from '../../src/contract/charges/index.ts'
import { type DistributionRecord, distributions } from '../../src/numerics/distributions/index.ts'
import { readResults } from '../long/honest/results.ts'
import type { Row } from '../long/honest/judge.ts'
import { FIELD_HEAD, fieldRows } from './field-tables.ts'

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('')

const code = (text: string): string => `\`${text}\``

function written({ name, written: how, parameters }: DistributionRecord): string {
  if (how === 'pairs') return `${name}(value: weight, …)`
  if (how === 'column') return `${name}(file.csv, column)`
  if (how === 'percentiles') return '{ p10: 40k, p50: 48k, p90: 65k }'
  return `${name}(${Object.keys(parameters).join(', ')})`
}

const count = new Intl.NumberFormat('en-US')

/** A figure whose errors are all 0 has no ratio. */
const LARGEST_RATIO = 10

const honestyRow = (name: string, { figures, intervals, covered, ratio }: Row): readonly string[] => [
  name,
  count.format(figures),
  count.format(intervals),
  `${(100 * covered).toFixed(1)}%`,
  ratio > LARGEST_RATIO ? `over ${LARGEST_RATIO}` : ratio.toFixed(2),
]

/** The last run of the long test of standard errors, with the part of it that ran. */
function honesty(): string {
  const { cases, of, seeds, all, kinds, apart, integrated, left } = readResults()
  const kindOf = ({ kind }: Row) =>
    code(kind.replace(/ (sampled|integrated)$/, '')) + (kind.endsWith('integrated') ? ' integrated' : '')
  const rows = [
    honestyRow('all of these', all),
    ...kinds.map((row) => honestyRow(kindOf(row), row)),
    ...apart.map((row) => honestyRow(`apart: ${row.kind}`, row)),
  ]
  const head = ['figure', 'figures', 'intervals', 'intervals that hold the truth', 'actual error / standard error']
  const bySeeds = Object.entries(seeds).map(([number, plans]) => `${plans} with ${number} seeds`)
  const judged = [all, ...apart].reduce((sum, { figures }) => sum + figures, 0)
  const ran = `${cases} of ${of} plans ran, ${bySeeds.join(' and ')}, by each of three methods.`
  const figures = `${count.format(judged)} figures were judged, and ${count.format(left)} have no truth that is precise enough.`
  const share = `Of ${count.format(integrated.of)} integrated figures, ${count.format(integrated.judged)} (${Math.round((100 * integrated.judged) / integrated.of)}%) were judged.`
  const unseen = [all, ...apart].reduce((sum, { blind }) => sum + blind, 0)
  const blind = `${count.format(unseen)} intervals miss the truth and state less than a tenth of the figure's usual error.`
  return `${ran} ${figures} ${share} ${blind}\n\n${table(head, rows)}`
}

const makers: Readonly<Record<string, () => string>> = {
  honesty,
  fields: () => table(FIELD_HEAD, fieldRows.fields()),
  offerFields: () => table(FIELD_HEAD, fieldRows.offerFields()),
  chargeFields: () => table(FIELD_HEAD, fieldRows.chargeFields()),
  distributions: () =>
    table(
      ['written as', 'meaning'],
      [...distributions.values()].map((record) => [code(written(record)), record.about]),
    ),
  charges: () =>
    table(
      ['model', 'amount', 'example', 'bills'],
      [...chargeModels.values()].flatMap(({ examples }) =>
        examples.map(({ name, about, example, bills }) => [name, about, code(example), bills]),
      ),
    ),
  vendors: () =>
    table(
      ['vendor', 'name of the offer', 'offer'],
      vendors.flatMap(({ vendor, offers }) => Object.entries(offers).map(([name, { title }]) => [vendor, code(name), title])),
    ),
  quotes: () =>
    table(
      ['vendor', 'sold by quote', 'bills', 'others report'],
      quotes.map(({ vendor, title, bills, reported = [] }) => [
        vendor,
        title,
        bills.value,
        reported.map(({ what, value }) => `${what}: ${value}`).join('; ') || 'nothing',
      ]),
    ),
}

/** From `<!-- table: NAME -->` to `<!-- end of table -->`. */
const BLOCK = /(<!-- table: (\w+) -->\n\n)[\s\S]*?(\n<!-- end of table -->)/g

/** The page with its tables made anew, and their names. */
export function withTables(page: string): { readonly text: string; readonly names: readonly string[] } {
  const names: string[] = []
  const text = page.replace(BLOCK, (all, begin: string, name: string, end: string) => {
    const make = makers[name]
    if (!make) return all
    names.push(name)
    return begin + make() + end
  })
  return { text, names }
}

export const TABLES = Object.keys(makers)
