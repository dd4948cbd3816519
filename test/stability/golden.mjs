// The figures of the scenarios in scenarios.json, hashed by name and value. It runs in Node, Deno and browsers alike.
//
// A figure's name is its path in the summary, with a `*` for an offer and for a place in a list: `offers.*.bill.mean.value`. Its hash
// covers the name at each `*` and every value to the last bit, but not the figure's name, which can change while the figure does not.

const textOf = (value) => (Object.is(value, -0) ? '-0' : typeof value === 'string' ? JSON.stringify(value) : String(value))

/** Each figure's name, with a line for each value: the names at the stars, then the value. */
export function figuresOf(summary) {
  const offers = new Set(Object.keys(summary.offers))
  const figures = {}
  const walk = (node, name, stars) => {
    if (node === undefined) return
    if (node === null || typeof node !== 'object') {
      figures[name] = `${figures[name] ?? ''}${JSON.stringify(stars)} ${textOf(node)}\n`
      return
    }
    for (const [key, below] of Object.entries(node)) {
      // An offer may have the name of a figure, such as `quarterly`. A cost's own quarters are not that offer's.
      const ofCost = key === 'quarterly' && Object.hasOwn(node, 'monthly') && Object.hasOwn(node, 'point')
      const varies = Array.isArray(node) || (offers.has(key) && !ofCost)
      const part = varies ? '*' : key
      walk(below, name === '' ? part : `${name}.${part}`, varies ? [...stars, key] : stars)
    }
  }
  walk(summary, '', [])
  return figures
}

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const hashOf = async (text) => hex(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).slice(0, 8)

/** The content of golden.json: for each figure's name one hash a scenario, in the order of `scenarios`; a dash where a scenario has none. */
export async function goldenOf(named) {
  const scenarios = named.map(({ name }) => name)
  const hashes = new Map()
  for (const [k, { figures }] of named.entries())
    for (const [name, text] of Object.entries(figures)) {
      const row = hashes.get(name) ?? scenarios.map(() => '-')
      row[k] = await hashOf(text)
      hashes.set(name, row)
    }
  const rows = [...hashes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, row]) => [name, row.join(' ')])
  return { scenarios, figures: Object.fromEntries(rows) }
}

/** Runs every scenario with the given `simulate`. */
export async function goldenFigures(simulate, scenarios, options = {}) {
  const named = []
  for (const { name, scenario, options: own } of scenarios)
    named.push({ name, figures: figuresOf((await simulate(scenario, { ...own, ...options })).summary) })
  return goldenOf(named)
}

/** `a.shortfall.p90` under { shortfall: 'expectedShortfall' } is `a.expectedShortfall.p90`: a whole part, or some in a row. */
const renamed = (name, renames) =>
  Object.entries(renames).reduce((path, [from, to]) => `.${path}.`.replaceAll(`.${from}.`, `.${to}.`).slice(1, -1), name)

const rowsOf = ({ scenarios, figures }) =>
  Object.entries(figures).flatMap(([name, row]) => row.split(' ').map((hash, k) => ({ name, scenario: scenarios[k], hash })))

/** The figures of golden.json that are missing or different in `found`, each with its scenario. New figures in `found` are ignored. */
export function goldenFaults(golden, found, renames = {}) {
  const ran = new Set(found.scenarios)
  const now = new Map(rowsOf(found).map(({ name, scenario, hash }) => [JSON.stringify([scenario, name]), hash]))
  return rowsOf(golden).flatMap(({ name, scenario, hash }) => {
    if (hash === '-' || !ran.has(scenario)) return []
    const current = renamed(name, renames)
    const other = now.get(JSON.stringify([scenario, current])) ?? '-'
    return other === hash ? [] : [`${scenario}: ${current} ${other === '-' ? 'is missing' : 'has changed'}`]
  })
}

/** Renames that no figure of golden.json needs. */
export const unusedRenames = (golden, renames) =>
  Object.entries(renames).flatMap(([from, to]) =>
    Object.keys(golden.figures).some((name) => renamed(name, { [from]: to }) !== name) ? [] : [from],
  )
