// The outputs of a notebook: what is wrong with them, and the form in which the notebook holds them.

const VEGALITE = 'application/vnd.vegalite.v5+json'

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

/** A chart is held as its drawing, which every viewer shows: its specification has all of its data. */
function dataOf(data) {
  const kept = Object.entries(data).filter(([type]) => type !== VEGALITE)
  return Object.fromEntries(kept.map(([type, text]) => [type, inLines(whole(text))]))
}

/** Neighboring pieces of what a cell prints are one. */
function outputsOf(outputs) {
  const held = []
  for (const { output_type: type, name, text, data } of outputs) {
    const before = held.at(-1)
    if (type === 'stream' && before?.name === name) before.text = inLines(whole(before.text) + whole(text))
    else if (type === 'stream') held.push({ output_type: type, name, text: inLines(whole(text)) })
    else held.push({ output_type: 'display_data', data: dataOf(data ?? {}), metadata: {} })
  }
  return held
}

/** An executed notebook as it is held: nothing of the machine or the time, so that two runs are equal. */
export function stored(notebook) {
  let count = 0
  const cells = notebook.cells.map((cell) => {
    if (cell.cell_type !== 'code') return { ...cell, metadata: {} }
    count += 1
    return { ...cell, metadata: {}, execution_count: count, outputs: outputsOf(cell.outputs) }
  })
  return { ...notebook, cells }
}

/** The cells whose outputs are not those that the notebook holds. */
export function changed(held, made) {
  return stored(made).cells.flatMap(({ outputs }, k) =>
    JSON.stringify(outputs) === JSON.stringify(held.cells[k].outputs)
      ? []
      : [`cell ${k}: its output differs from the one that the notebook holds. Run node scripts/notebooks.mjs --write`],
  )
}
