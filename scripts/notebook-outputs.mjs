// The outputs of a notebook: what is wrong with them, and the form in which the notebook holds them.
import { createHash } from 'node:crypto'
import { png } from 'billcast'

const VEGALITE = 'application/vnd.vegalite.v5+json'
const SVG = 'image/svg+xml'
const PNG = 'image/png'

/** Rows of data anywhere in a specification. */
function rowsIn(node) {
  if (Array.isArray(node)) return node.reduce((sum, item) => sum + rowsIn(item), 0)
  if (typeof node !== 'object' || node === null) return 0
  return (node.data?.values?.length ?? 0) + Object.values(node).reduce((sum, item) => sum + rowsIn(item), 0)
}

/** What is wrong with an executed notebook. */
export function faults({ cells }) {
  return cells.flatMap(({ cell_type: kind, source, outputs = [] }, k) => {
    if (kind !== 'code') return []
    const error = outputs.find(({ output_type: type }) => type === 'error')
    if (error) return [`cell ${k}: ${error.ename}: ${error.evalue}`]
    const last = source[source.length - 1].trim()
    const wanted = /^(charts\.|result\.chart\()(?!.*toSVG)/.test(last) ? VEGALITE : last === 'result' ? 'text/html' : undefined
    if (wanted === undefined) return []
    const shown = outputs.map(({ data }) => data?.[wanted]).find((data) => data !== undefined)
    if (shown === undefined) return [`cell ${k}: it shows no ${wanted}`]
    return wanted === VEGALITE && rowsIn(shown) === 0 ? [`cell ${k}: a chart without data`] : []
  })
}

const whole = (text) => (Array.isArray(text) ? text.join('') : text)
const inLines = (text) => text.split(/(?<=\n)/)

/** Names a drawing. Its pixels depend on the fonts of a machine, its text does not. */
const nameOf = (svg) => createHash('sha256').update(whole(svg)).digest('hex').slice(0, 16)

/** A chart is held as a picture, which every viewer shows: its specification has all of its data, and some viewers strip drawings. */
function shownAs(data, pictures) {
  const kept = Object.entries(data).filter(([type]) => type !== VEGALITE && type !== SVG)
  const texts = Object.fromEntries(kept.map(([type, text]) => [type, inLines(whole(text))]))
  if (data[SVG] === undefined) return { data: texts, metadata: {} }
  const drawing = nameOf(data[SVG])
  const picture = pictures.get(drawing)
  return { data: { ...(picture && { [PNG]: picture }), ...texts }, metadata: { drawing } }
}

/** Neighboring pieces of what a cell prints are one. */
function outputsOf(outputs, pictures) {
  const held = []
  for (const { output_type: type, name, text, data } of outputs) {
    const before = held.at(-1)
    if (type === 'stream' && before?.name === name) before.text = inLines(whole(before.text) + whole(text))
    else if (type === 'stream') held.push({ output_type: type, name, text: inLines(whole(text)) })
    else held.push({ output_type: 'display_data', ...shownAs(data ?? {}, pictures) })
  }
  return held
}

/**
 * An executed notebook as it is held: nothing of the machine or the time but its pictures, so that two runs are equal.
 * @param pictures by the names of their drawings
 */
export function stored(notebook, pictures = new Map()) {
  let count = 0
  const cells = notebook.cells.map((cell) => {
    if (cell.cell_type !== 'code') return { ...cell, metadata: {} }
    count += 1
    return { ...cell, metadata: {}, execution_count: count, outputs: outputsOf(cell.outputs, pictures) }
  })
  return { ...notebook, cells }
}

/** The drawings of an executed notebook as pictures in base64, by name. */
export async function picturesOf({ cells }) {
  const drawings = cells.flatMap(({ outputs = [] }) => outputs.flatMap(({ data }) => data?.[SVG] ?? [])).map(whole)
  const drawn = drawings.map(async (svg) => {
    const bytes = await png({ toSVG: async () => svg }, { scale: 1 })
    return [nameOf(svg), Buffer.from(bytes).toString('base64')]
  })
  return new Map(await Promise.all(drawn))
}

const withoutPictures = (outputs) =>
  outputs.map(({ data, ...rest }) => {
    const { [PNG]: _, ...texts } = data ?? {}
    return data ? { ...rest, data: texts } : rest
  })

/** The cells whose outputs are not those that the notebook holds. */
export function changed(held, made) {
  const text = (outputs) => JSON.stringify(withoutPictures(outputs))
  return stored(made).cells.flatMap(({ cell_type: kind, outputs }, k) =>
    kind !== 'code' || text(outputs) === text(held.cells[k].outputs)
      ? []
      : [`cell ${k}: its output differs from the one that the notebook holds. Run node scripts/notebooks.mjs --write`],
  )
}
