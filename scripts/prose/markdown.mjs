// Takes the text out of a Markdown page. Code blocks, front matter, HTML and the targets of links stay out.
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { BlockWriter, CODE } from './block.mjs'

/** @import { Block, Document } from './block.mjs' */
/** @import { Nodes, Root } from 'mdast' */

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter)

/** Containers of the site, such as `::: tip`, are marks and no text. */
const CONTAINER = /^:::.*$/gm

/** @param {string} name @param {string} source @returns {Document} */
export function markdownDocument(name, source) {
  const unmarked = source.replace(CONTAINER, (mark) => ' '.repeat(mark.length))
  const blocks = [...blocksOf(parser.parse(unmarked), unmarked, 'paragraph')]
  return { name, source, blocks: blocks.filter(({ text }) => text.trim() !== '') }
}

/** @param {Root | Nodes} node @param {string} source @param {Block['kind']} kind @returns {Generator<Block>} */
function* blocksOf(node, source, kind) {
  switch (node.type) {
    case 'paragraph':
      yield* paragraph(node, source, kind)
      return
    case 'heading':
      yield* phrasing(node, source, 'heading')
      return
    case 'tableCell':
      yield* phrasing(node, source, 'cell')
      return
    case 'listItem':
      for (const child of node.children) yield* blocksOf(child, source, 'item')
      return
    default:
      if ('children' in node) for (const child of node.children) yield* blocksOf(child, source, kind)
  }
}

/**
 * Bold words with a period at the beginning of a paragraph are a heading that runs in.
 * @param {import('mdast').Paragraph} node @param {string} source @param {Block['kind']} kind @returns {Generator<Block>}
 */
function* paragraph(node, source, kind) {
  const [first, ...rest] = node.children
  const runsIn =
    first?.type === 'strong' && /[.:]\*\*$/.test(source.slice(first.position?.start.offset, first.position?.end.offset))
  if (runsIn) yield* phrasing(first, source, 'heading')
  yield* phrasing(runsIn ? { ...node, children: rest } : node, source, kind)
}

/** @param {Nodes} node @param {string} source @param {Block['kind']} kind @returns {Generator<Block>} */
function* phrasing(node, source, kind) {
  const writer = new BlockWriter()
  /** @type {Block[]} */
  const captions = []
  /** @param {Nodes} inner */
  const write = (inner) => {
    const offset = inner.position?.start.offset ?? 0
    if (inner.type === 'text') writer.pushDecoded(inner, source)
    else if (inner.type === 'inlineCode') writer.push(CODE, offset)
    else if (inner.type === 'break') writer.push(' ', offset)
    else if (inner.type === 'image') {
      const caption = new BlockWriter()
      caption.push(inner.alt ?? '', offset)
      captions.push(caption.done('caption'))
    } else if (inner.type === 'link' && isAddress(inner, source)) writer.push(CODE, offset)
    else if ('children' in inner) for (const child of inner.children) write(child)
  }
  write(node)
  yield writer.done(kind)
  yield* captions
}

/** A link that shows a file's name or an address shows no words. @param {Nodes} link @param {string} source */
function isAddress(link, source) {
  const shown = /^\[([^\]]*)\]/.exec(source.slice(link.position?.start.offset, link.position?.end.offset))?.[1]
  return shown === undefined || /^\S*[/.]\S*\w$/.test(shown)
}
