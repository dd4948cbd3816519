// Takes the text out of what a terminal shows. Each line, or each description of a help text, is one unit.
import { BlockWriter, CODE } from './block.mjs'

/** @import { Document } from './block.mjs' */

/** @param {string} name @param {string} source @returns {Document} */
export function linesDocument(name, source) {
  const blocks = [...source.matchAll(/^.*\S.*$/gm)].map(({ 0: line, index }) => {
    const writer = new BlockWriter()
    writer.push(line, index)
    return writer.done('line')
  })
  return { name, source, blocks }
}

/** Where descriptions begin: two spaces or more behind the name of an option or a command. */
const ENTRY = /^( {2}\S.*?)( {2,})(\S.*)$/

/**
 * Descriptions of a help text, each from its first line to its last. Usage lines, names and headings are no prose.
 * @param {string} name @param {string} source @returns {Document}
 */
export function helpDocument(name, source) {
  /** @type {BlockWriter[]} */
  const found = []
  /** Column where the open description goes on, or none. @type {number | undefined} */
  let column
  let offset = 0
  for (const line of source.split('\n')) {
    const entry = ENTRY.exec(line)
    const indent = line.length - line.trimStart().length
    const open = found.at(-1)
    if (entry) {
      column = entry[1].length + entry[2].length
      found.push(new BlockWriter())
      found.at(-1)?.push(entry[3], offset + column)
    } else if (/^(Usage:|\w[\w ]*:$| {2,}-| *billcast )/.test(line) || line.trim() === '') column = undefined
    else if (open && column !== undefined && indent === column) open.push(` ${line.trim()}`, offset + indent - 1)
    else {
      column = indent
      found.push(new BlockWriter())
      found.at(-1)?.push(line.trim(), offset + indent)
    }
    offset += line.length + 1
  }
  return { name, source, blocks: found.map((writer) => writer.done('line')).map(withoutIdentifiers) }
}

/** In a terminal nothing marks code. Options, files and formulas give themselves away. @param {import('./block.mjs').Block} block */
function withoutIdentifiers({ kind, text, offsets }) {
  const writer = new BlockWriter()
  let at = 0
  for (const { 0: code, index } of text.matchAll(/(?<=^|[\s(])(?:--?[a-z][\w-]*|'[^']+'|[\w*-]+[/.][\w*/.-]*\w|<[^>]+>)/g)) {
    for (let k = at; k < index; k++) writer.push(text[k], offsets[k])
    writer.push(CODE, offsets[index])
    at = index + code.length
  }
  for (let k = at; k < text.length; k++) writer.push(text[k], offsets[k])
  return writer.done(kind)
}
