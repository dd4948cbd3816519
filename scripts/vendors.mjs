// Makes a typed module of the vendors in data/vendors/, so that loading the catalog reads no file.
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { write } from './write.mjs'

const folder = 'data/vendors'
const target = 'src/contract/catalog/vendors.generated.ts'

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
  need({ ...vendor, publications }, ['vendor', 'order', 'publications', 'offers'], [])
  for (const [key, publication] of Object.entries(publications))
    need(publication, ['title', 'publisher', 'asOf'], ['publications', key])
  for (const [name, entry] of Object.entries(vendor.offers)) {
    need(entry, ['title', 'offer'], ['offers', name])
    need(entry.offer, ['charges'], ['offers', name, 'offer'])
    for (const [k, stated] of Object.entries(entry.rates ?? [])) need(stated, ['rate', 'by', 'from'], ['offers', name, 'rates', k])
    if ('definition' in entry) need(entry.definition, ['counts', 'hours', 'from'], ['offers', name, 'definition'])
  }
  const resolved = (node, path) => {
    if (!isObject(node)) return node
    if (Array.isArray(node)) return node.map((item, k) => resolved(item, [...path, k]))
    if ('value' in node) need(node, ['value', 'from'], path)
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
function sourceOf(list) {
  const seen = new Map()
  const count = (node) => {
    if (!isObject(node)) return
    const text = JSON.stringify(node)
    const times = (seen.get(text) ?? 0) + 1
    seen.set(text, times)
    if (times === 1) Object.values(node).forEach(count)
  }
  count(list)
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
  const source = written(list)
  return `${constants.join('')}\nexport const vendors: readonly Vendor[] = ${source}\n`
}

/** The most widely used vendors come first. */
export function writeVendors() {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  const vendors = files.map((name) => vendorOf(readFileSync(`${folder}/${name}`, 'utf8'), `${folder}/${name}`))
  const head = `// Made by scripts/vendors.mjs from ${folder}.\nimport type { Vendor } from './entry.ts'\n\n`
  write(target, head + sourceOf(vendors.sort((a, b) => a.order - b.order)))
}
