// Which pages there are, in which section, and how hard each may be to read. site/pages.json holds the table.
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/**
 * @typedef {'guide' | 'background'} ReadingClass
 * @typedef {{ title: string, class: ReadingClass, pages?: string[], folder?: string }} SectionEntry
 * @typedef {{ title: string, class: ReadingClass, pages: readonly string[] }} Section
 */

/** @type {{ grades: Record<ReadingClass, number>, sections: SectionEntry[] }} */
const table = JSON.parse(readFileSync(new URL('../../site/pages.json', import.meta.url), 'utf8'))

/** Highest school grade of each class. */
export const GRADES = table.grades

/** Pages of a folder that has any, in the order of their names. @param {string} folder */
const pagesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.md'))
        .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
        .sort()
    : []

/**
 * Sections with the pages that exist. A page that the table names and a folder holds stands where it is named.
 * @returns {Section[]}
 */
export function sections() {
  return table.sections.map(({ title, class: reading, pages = [], folder }) => {
    const named = pages.filter((page) => existsSync(page))
    const rest = folder === undefined ? [] : pagesIn(folder).filter((page) => !named.includes(page))
    return { title, class: reading, pages: [...named, ...rest] }
  })
}

/** @throws Error for a page of docs/ that no section has: no reader would find it */
export function allPages() {
  const all = sections().flatMap(({ class: reading, pages }) => pages.map((page) => ({ page, class: reading })))
  const listed = new Set(all.map(({ page }) => page))
  const lost = pagesIn('docs').filter((page) => !listed.has(page))
  if (lost.length > 0) throw new Error(`site/pages.json: add ${lost.join(', ')} to a section, such as "Explanation"`)
  return all
}
