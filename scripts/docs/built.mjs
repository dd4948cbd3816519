// Checks the built site: every link, anchor and picture leads to something that was built, and nothing is loaded from elsewhere.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import { CALCULATOR } from './calculator.mjs'

/** @import { Nodes } from 'hast' */
/** @typedef {{ ids: Set<string>, links: string[], loads: string[] }} Page */

export const BUILT = 'site/built'

const parser = unified().use(rehypeParse)

/** @param {string} html @returns {Page} */
export function readPage(html) {
  /** @type {Page} */
  const page = { ids: new Set(), links: [], loads: [] }
  /** @param {Nodes} node */
  const visit = (node) => {
    if (node.type === 'element') {
      const { id, href, src, name } = node.properties
      if (id) page.ids.add(String(id))
      if (node.tagName === 'a' && name) page.ids.add(String(name))
      if (node.tagName === 'a' && typeof href === 'string') page.links.push(href)
      if (node.tagName === 'link' && typeof href === 'string') page.loads.push(href)
      if (typeof src === 'string') page.loads.push(src)
    }
    if ('children' in node) for (const child of node.children) visit(child)
  }
  visit(parser.parse(html))
  return page
}

/** Pages of a built site, by their path. @param {string} folder */
export const builtPages = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.html') && name !== 'example-report.html' && !name.startsWith(`${CALCULATOR}/`))
    .sort()

/** The file that an address of the site names. @param {string} folder @param {string} from @param {string} path */
function fileOf(folder, from, path) {
  const absolute = path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(from), path)
  const file = decodeURI(absolute)
  if (file === '' || file.endsWith('/')) return `${file}index.html`
  return existsSync(join(folder, file)) && statSync(join(folder, file)).isDirectory() ? `${file}/index.html` : file
}

/** @param {string} folder @returns {string[]} what is wrong, a line each */
export function wrongIn(folder) {
  const pages = new Map(builtPages(folder).map((name) => [name, readPage(readFileSync(join(folder, name), 'utf8'))]))
  /** @type {string[]} */
  const wrong = []
  for (const [name, { links, loads }] of pages) {
    for (const link of links) {
      if (/^[a-z][a-z\d+.-]*:/i.test(link)) continue
      const [path, anchor = ''] = link.split('#', 2)
      const file = path === '' ? name : fileOf(folder, name, path)
      if (!existsSync(join(folder, file))) wrong.push(`${name}: the link ${link} leads nowhere`)
      else if (anchor !== '' && pages.has(file) && !pages.get(file)?.ids.has(decodeURIComponent(anchor)))
        wrong.push(`${name}: the link ${link} names a heading that ${file} does not have`)
    }
    for (const load of loads) {
      if (load.startsWith('data:')) continue
      if (/^([a-z]+:)?\/\//i.test(load)) wrong.push(`${name}: ${load} is loaded from elsewhere`)
      else if (!existsSync(join(folder, fileOf(folder, name, load)))) wrong.push(`${name}: ${load} does not exist`)
    }
  }
  return wrong
}
