// Where a page of the repository stands on the site.

/** @param {string} page such as `docs/how-to/set-a-budget.md` @returns {string} such as `how-to/set-a-budget.md` */
export const routeOf = (page) =>
  page
    .replace(/^docs\//, '')
    .replace(/(?<=^|\/)README\.md$/, 'index.md')
    .replace(/^[A-Z]+(?=\.md$)/, (name) => name.toLowerCase())

/** The first heading of a page, without its marks. @param {string} markdown */
export const titleOf = (markdown) => /^# (.+)$/m.exec(markdown)?.[1].replaceAll(/[`*]/g, '') ?? 'Untitled'
