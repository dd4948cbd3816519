// Makes a typed module of the vendors in data/vendors/, so that loading the catalog reads no file.
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { write } from './write.mjs'

const folder = 'data/vendors'
const target = 'src/contract/catalog/vendors.generated.ts'

/** A month, alone or in words: `2026-11`, `before 2025-11-13`. */
const DATED = /\b20\d\d-(0[1-9]|1[0-2])\b/
const ADDRESS = /^https?:\/\/[^\s/]+\.[^\s]+$/

/** The keys of a figure with its source. */
const FIGURE = ['what', 'value', 'from', 'note', 'conflicts']

const isObject = (node) => typeof node === 'object' && node !== null

function parsed(text, file) {
  try {
    return parse(text)
  } catch (error) {
    throw new Error(`${file}: ${error.message}`)
  }
}

/** The vendor of a file, with each publication in the place of its key. The type checker then checks the rest of its form. */
export function vendorOf(text, file) {
  const refuse = (path, message) => {
    throw new Error(`${file}: ${path.join('.')}: ${message}`)
  }
  const need = (node, keys, path) => {
    for (const key of keys) if (!isObject(node) || (node[key] ?? undefined) === undefined) refuse([...path, key], 'missing')
  }
  const { publications, ...vendor } = parsed(text, file) ?? {}
  const notes = (list, path) => {
    for (const [k, note] of Object.entries(list ?? [])) if (isObject(note)) need(note, ['text', 'from'], [...path, 'notes', k])
  }
  need({ ...vendor, publications }, ['vendor', 'order', 'publications'], [])
  if (!('quote' in vendor)) need(vendor, ['offers'], [])
  for (const [key, publication] of Object.entries(publications)) {
    const path = ['publications', key]
    need(publication, ['title', 'publisher', 'asOf'], path)
    const { asOf, url } = publication
    if (!DATED.test(asOf)) refuse([...path, 'asOf'], `expected a month such as 2026-11, got ${asOf}`)
    if (url !== undefined && !ADDRESS.test(url))
      refuse([...path, 'url'], `expected an address such as https://example.com, got ${url}`)
  }
  for (const [name, entry] of Object.entries(vendor.offers ?? {})) {
    const path = ['offers', name]
    need(entry, ['title', 'offer'], path)
    need(entry.offer, ['charges'], [...path, 'offer'])
    for (const [k, stated] of Object.entries(entry.rates ?? [])) need(stated, ['rate', 'by', 'from'], [...path, 'rates', k])
    if ('definition' in entry) need(entry.definition, ['counts', 'hours', 'from'], [...path, 'definition'])
    notes(entry.notes, path)
  }
  if ('quote' in vendor) {
    need(vendor.quote, ['title', 'bills', 'questions'], ['quote'])
    need(vendor.quote.bills, ['value', 'from'], ['quote', 'bills'])
    if (vendor.quote.questions.length === 0) refuse(['quote', 'questions'], 'missing')
    for (const [k, figure] of Object.entries(vendor.quote.reported ?? []))
      need(figure, ['what', 'value', 'from'], ['quote', 'reported', k])
    notes(vendor.quote.notes, ['quote'])
  }
  const resolved = (node, path) => {
    if (!isObject(node)) return node
    if (Array.isArray(node)) return node.map((item, k) => resolved(item, [...path, k]))
    if ('value' in node) {
      need(node, ['value', 'from'], path)
      // A comma ends a text in braces, and what follows becomes a key.
      const other = Object.keys(node).find((key) => !FIGURE.includes(key))
      if (other !== undefined) refuse([...path, other], `expected one of ${FIGURE.join(', ')}. Write a text with commas in quotes`)
    }
    return Object.fromEntries(
      Object.entries(node).map(([key, item]) => {
        if (key !== 'from') return [key, resolved(item, [...path, key])]
        if (typeof item === 'string' && Object.hasOwn(publications, item)) return [key, publications[item]]
        return refuse([...path, key], `expected a key of publications (${Object.keys(publications).join(', ')}), got ${item}`)
      }),
    )
  }
  return resolved(vendor, [])
}

/**
 * A record as source text. A part that several offers share is written once, as a constant before it: each report carries the catalog in
 * its page.
 */
function sourceOf(vendors, quotes) {
  const seen = new Map()
  const count = (node) => {
    if (!isObject(node)) return
    const text = JSON.stringify(node)
    const times = (seen.get(text) ?? 0) + 1
    seen.set(text, times)
    if (times === 1) Object.values(node).forEach(count)
  }
  count(vendors)
  count(quotes)
  const names = new Map()
  const constants = []
  const written = (node) => {
    const text = JSON.stringify(node)
    if (!isObject(node)) return text
    const known = names.get(text)
    if (known) return known
    const entries = Object.entries(node).map(
      ([key, item]) => `${Array.isArray(node) ? '' : `${JSON.stringify(key)}: `}${written(item)}`,
    )
    const source = Array.isArray(node) ? `[${entries.join(', ')}]` : `{ ${entries.join(', ')} }`
    if (seen.get(text) === 1) return source
    const name = `shared${names.size + 1}`
    names.set(text, name)
    constants.push(`const ${name} = ${source} as const\n`)
    return name
  }
  const [offered, asked] = [written(vendors), written(quotes)]
  return `${constants.join('')}
export const vendors: readonly Vendor[] = ${offered}

/** Apart from the offers, since a page that bills offers shows no quotes. */
export const quotes: readonly VendorQuote[] = ${asked}
`
}

/** The most widely used vendors come first. */
export function writeVendors() {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  const read = files
    .map((name) => vendorOf(readFileSync(`${folder}/${name}`, 'utf8'), `${folder}/${name}`))
    .sort((a, b) => a.order - b.order)
  const head = `// Made by scripts/vendors.mjs from ${folder}.\nimport type { Vendor, VendorQuote } from './entry.ts'\n\n`
  const vendors = read.filter(({ offers }) => offers).map(({ vendor, order, offers }) => ({ vendor, order, offers }))
  const quotes = read.filter(({ quote }) => quote).map(({ vendor, order, quote }) => ({ vendor, order, ...quote }))
  write(target, head + sourceOf(vendors, quotes))
}
