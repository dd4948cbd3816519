// The documentation site. `npm run docs` lays out its pages in site/pages first (scripts/docs/stage.mjs).
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vitepress'
import { slug } from '../../scripts/docs/slug.mjs'

const pages = resolve(import.meta.dirname, '../pages')
const navigation = JSON.parse(readFileSync(`${pages}/navigation.json`, 'utf8'))
const linkOf = (title) => navigation['/'].find(({ text }) => text === title)?.items[0]?.link

/** Top entries: sections that have a page. */
const top = ['How-to guides', 'Reference', 'Explanation'].flatMap((title) => {
  const link = linkOf(title)
  return link ? [{ text: title, link }] : []
})
const single = [
  ['Tutorial', 'tutorial.md'],
  ['Glossary', 'glossary.md'],
  ['FAQ', 'faq.md'],
].flatMap(([text, file]) => (existsSync(`${pages}/${file}`) ? [{ text, link: `/${file}` }] : []))

/** A picture of a chart whose specification is there is shown as a live chart. */
function liveCharts(md) {
  const plain = md.renderer.rules.image
  md.renderer.rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index]
    const name = /([\w-]+)\.svg$/.exec(token.attrGet('src') ?? '')?.[1]
    if (name === undefined || !existsSync(`${pages}/public/charts/${name}.json`)) return plain(tokens, index, options, env, self)
    const alt = md.utils.escapeHtml(self.renderInlineAsText(token.children ?? [], options, env))
    return `<LiveChart name="${name}" alt="${alt}" />`
  }
}

/** Two braces are text here, and no expression of Vue. */
function plainBraces(md) {
  const plain = md.renderer.rules.text
  md.renderer.rules.text = (...args) => plain(...args).replaceAll('{{', '&#123;&#123;')
}

/** The corner of a table may be empty, and is no heading then. */
function emptyCorners(md) {
  const isEmpty = (token) => token?.type === 'inline' && token.content.trim() === ''
  md.renderer.rules.th_open = (tokens, index, options, _, self) =>
    isEmpty(tokens[index + 1]) ? '<td>' : self.renderToken(tokens, index, options)
  md.renderer.rules.th_close = (tokens, index, options, _, self) =>
    isEmpty(tokens[index - 1]) ? '</td>' : self.renderToken(tokens, index, options)
}

/** A table wider than a phone scrolls, and can be reached by the keyboard. */
function scrollingTables(md) {
  md.renderer.rules.table_open = () => '<div class="table" tabindex="0" role="group" aria-label="Table"><table>'
  md.renderer.rules.table_close = () => '</table></div>'
}

export default defineConfig({
  title: 'billcast',
  description: 'Budgets for customer-service AI contracts, by simulation.',
  lang: 'en-US',
  srcDir: 'pages',
  outDir: 'built',
  base: process.env.BILLCAST_SITE_BASE ?? '/',
  appearance: false,
  // Browsers ask for an icon where a page names none.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  lastUpdated: false,
  markdown: {
    theme: 'github-light-high-contrast',
    anchor: { slugify: slug },
    config(md) {
      liveCharts(md)
      plainBraces(md)
      emptyCorners(md)
      scrollingTables(md)
    },
  },
  // Links of the site's own static files are checked after the build.
  ignoreDeadLinks: [/^\/example-report/, /^\/calculator\//],
  vite: { build: { chunkSizeWarningLimit: 2_000 } },
  themeConfig: {
    nav: [
      ...single.slice(0, 1),
      ...top,
      ...single.slice(1),
      { text: 'Calculator', link: '/calculator/index.html', target: '_blank' },
      { text: 'Example report', link: '/example-report.html', target: '_blank' },
    ],
    sidebar: navigation,
    outline: { level: [2, 3], label: 'On this page' },
    search: { provider: 'local' },
    docFooter: { prev: 'Before', next: 'Next' },
  },
})
