// Lays out the pages of the site: those of the repository with their links rewritten, and those that are generated.
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { allPages, sections } from '../prose/pages.mjs'
import { exampleReport, helpTexts } from '../prose/product.mjs'
import { writeApi } from './api.mjs'
import { CALCULATOR, withCalculator } from './calculator.mjs'
import { writeCharts } from './charts.mjs'
import { commandPages } from './commands.mjs'
import { rewritten } from './links.mjs'
import { routeOf, titleOf } from './routes.mjs'

export const STAGE = 'site/pages'

/** @typedef {{ text: string, link?: string, collapsed?: boolean, items?: Item[] }} Item of the navigation */

/** @param {string} route @param {string} text */
function write(route, text) {
  const file = join(STAGE, route)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** Pages of the repository. @returns {string[]} links that lead nowhere */
function stageWritten() {
  const pages = new Set(allPages().map(({ page }) => page))
  /** @param {string} file */
  const picture = (file) => {
    // Pictures of the gallery have their specifications beside them.
    const folder = dirname(file) === 'docs/pictures/charts' ? 'charts' : 'pictures'
    const address = `${folder}/${basename(file)}`
    mkdirSync(join(STAGE, 'public', folder), { recursive: true })
    copyFileSync(file, join(STAGE, 'public', address))
    return `/${address}`
  }
  return [...pages].flatMap((page) => {
    const { text, dead } = rewritten(page, readFileSync(page, 'utf8'), pages, picture)
    write(routeOf(page), withCalculator(text))
    return dead
  })
}

/** Navigation of the generated pages of a folder, by their titles. @param {string} folder @returns {Item[]} */
const itemsIn = (folder) =>
  readdirSync(join(STAGE, folder), { withFileTypes: true })
    .filter(({ name }) => name !== 'index.md')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) {
        const own = existsSync(join(STAGE, path, 'index.md')) ? { link: `/${path}/` } : {}
        const text = entry.name.replace('type-aliases', 'types').replace('interfaces', 'types of objects')
        return { text: text[0].toUpperCase() + text.slice(1), ...own, items: itemsIn(path) }
      }
      return { text: titleOf(readFileSync(join(STAGE, path), 'utf8')), link: `/${path}` }
    })

/** @param {readonly Item[]} commands @returns {Item[]} */
function navigation(commands) {
  return sections()
    .filter(({ pages }) => pages.length > 0)
    .map(({ title, pages }) => {
      /** @type {Item[]} */
      const items = pages.map((page) => ({ text: titleOf(readFileSync(page, 'utf8')), link: `/${routeOf(page)}` }))
      if (title === 'Reference')
        items.push(
          { text: 'Commands', link: '/reference/commands/', collapsed: true, items: [...commands] },
          { text: 'Library, function by function', link: '/reference/api/' },
        )
      return { text: title, items }
    })
}

/** @throws Error with all links that lead nowhere */
export async function stage() {
  rmSync(STAGE, { recursive: true, force: true })
  const dead = stageWritten()
  if (dead.length > 0) throw new Error(`Dead links:\n${dead.join('\n')}`)

  const commands = commandPages(await helpTexts())
  for (const { route, text } of commands) write(route, text)
  writeCharts(join(STAGE, 'public/charts'))
  cpSync('dist/calculator', join(STAGE, 'public', CALCULATOR), { recursive: true })
  write('public/example-report.html', (await exampleReport()).html)
  await writeApi(join(STAGE, 'reference/api'))

  const items = commands
    .filter(({ title }) => title !== 'All commands')
    .map(({ title, route }) => ({ text: title, link: `/${route}` }))
  // The library's hundred pages have a navigation of their own, which the others need not carry.
  const library = [{ text: 'Documentation', link: '/' }, ...itemsIn('reference/api')]
  write('navigation.json', JSON.stringify({ '/reference/api/': library, '/': navigation(items) }))
}
