// Links of a page of the repository, rewritten for the site. A link that leads nowhere is an error that names its line.
import { existsSync, statSync } from 'node:fs'
import { posix } from 'node:path'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { inRepository } from './address.mjs'
import { routeOf } from './routes.mjs'

/** @import { Nodes } from 'mdast' */
/** @typedef {{ url: string, start: number, end: number, line: number }} Link place of its address in the source */

const parser = unified().use(remarkParse).use(remarkGfm)

/** Addresses of a page's links, pictures and definitions. @param {string} markdown @returns {Link[]} */
export function linksOf(markdown) {
  /** @type {Link[]} */
  const found = []
  /** @param {Nodes} node */
  const visit = (node) => {
    if ('children' in node) for (const child of node.children) visit(child)
    if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') return
    // The address is the last part of the node, so a text that repeats it stays as it is.
    const from = node.position?.start.offset ?? 0
    const source = markdown.slice(from, node.position?.end.offset)
    const at = source.lastIndexOf(node.url)
    if (at >= 0)
      found.push({ url: node.url, start: from + at, end: from + at + node.url.length, line: node.position?.start.line ?? 1 })
  }
  visit(parser.parse(markdown))
  return found.sort((a, b) => a.start - b.start)
}

const isOutside = (/** @type {string} */ url) => /^[a-z][a-z\d+.-]*:/i.test(url)

/** The file that a relative link leads to, from the root of the repository, and its anchor. @param {string} page @param {string} url */
export function targetOf(page, url) {
  const [path, anchor] = url.split('#', 2)
  return { file: path === '' ? page : posix.normalize(posix.join(posix.dirname(page), decodeURI(path))), anchor }
}

/**
 * @param {string} page path in the repository @param {string} markdown
 * @param {ReadonlySet<string>} pages pages of the site
 * @param {(file: string) => string} picture gives a picture its address on the site
 * @returns {{ text: string, dead: string[] }}
 */
export function rewritten(page, markdown, pages, picture) {
  /** @type {string[]} */
  const dead = []
  let text = ''
  let at = 0
  for (const { url, start, end, line } of linksOf(markdown)) {
    if (isOutside(url) || url.startsWith('#')) continue
    const { file, anchor } = targetOf(page, url)
    text += markdown.slice(at, start)
    at = end
    if (pages.has(file)) text += `/${routeOf(file)}${anchor === undefined ? '' : `#${anchor}`}`
    else if (!existsSync(file) || file.startsWith('..')) dead.push(`${page}:${line}: ${url} leads nowhere`)
    else text += /\.(svg|png|jpe?g)$/.test(file) ? picture(file) : inRepository(file, statSync(file).isDirectory())
  }
  return { text: text + markdown.slice(at), dead }
}
