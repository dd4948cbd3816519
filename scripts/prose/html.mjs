// Takes the text out of a report. Scripts, styles, code and the text inside charts stay out, except for their titles.
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import { BlockWriter, CODE } from './block.mjs'

/** @import { Block, Document } from './block.mjs' */
/** @import { Nodes } from 'hast' */

const parser = unified().use(rehypeParse)

/** @type {Readonly<Record<string, Block['kind']>>} */
const KINDS = {
  p: 'paragraph',
  li: 'item',
  td: 'cell',
  th: 'cell',
  dt: 'cell',
  dd: 'item',
  figcaption: 'caption',
  summary: 'caption',
  label: 'caption',
  button: 'caption',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
}
const SKIPPED = new Set(['script', 'style', 'template', 'pre', 'svg', 'head'])

/** @param {string} name @param {string} source @returns {Document} */
export function htmlDocument(name, source) {
  const blocks = [...blocksOf(parser.parse(source), source)].filter(({ text }) => text.trim() !== '')
  return { name, source, blocks }
}

/** @param {Nodes} node @param {string} source @returns {Generator<Block>} */
function* blocksOf(node, source) {
  if (node.type !== 'element' && node.type !== 'root') return
  if (node.type === 'element') {
    if (SKIPPED.has(node.tagName)) return
    const kind = KINDS[node.tagName] ?? (hasText(node) ? 'paragraph' : undefined)
    if (kind) {
      const writer = new BlockWriter()
      write(node, writer, source)
      yield writer.done(kind)
      return
    }
  }
  for (const child of node.children) yield* blocksOf(child, source)
}

/** Text that stands in a box of no meaning is read like any other. @param {import('hast').Element} element */
const hasText = ({ children }) => children.some((child) => child.type === 'text' && /\w/.test(child.value))

/** @param {Nodes} node @param {BlockWriter} writer @param {string} source */
function write(node, writer, source) {
  const offset = node.position?.start.offset ?? 0
  if (node.type === 'text') writer.pushDecoded(node, source)
  else if (node.type === 'element') {
    if (node.tagName === 'code') writer.push(CODE, offset)
    else if (!SKIPPED.has(node.tagName)) for (const child of node.children) write(child, writer, source)
  }
}
