// npm run prose: checks how the README, the documentation, the help texts and the report are written.
//   node scripts/prose/prose.mjs [--errors] [--grades] [file ...]
//   --errors   hides warnings
//   --grades   prints only the grades
//   A file that is named is checked alone: Markdown, HTML, or text by the line.
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { checkDocument, findingLine } from './check.mjs'
import { htmlDocument } from './html.mjs'
import { helpDocument, linesDocument } from './lines.mjs'
import { markdownDocument } from './markdown.mjs'
import { allPages, GRADES } from './pages.mjs'
import { exampleReport, helpTexts } from './product.mjs'

/** @import { Document } from './block.mjs' */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { errors: { type: 'boolean' }, grades: { type: 'boolean' } },
})

/** @param {string} file @returns {Document} */
function documentOf(file) {
  const source = readFileSync(file, 'utf8')
  if (file.endsWith('.html')) return htmlDocument(file, source)
  return file.endsWith('.md') ? markdownDocument(file, source) : linesDocument(file, source)
}

/** @returns {Promise<{ document: Document, limit: number }[]>} */
async function everything() {
  if (!existsSync('dist/cli/billcast.js')) throw new Error('dist/ is missing. Run `npm run build` first.')
  const pages = allPages().map(({ page, class: reading }) => ({ document: documentOf(page), limit: GRADES[reading] }))
  const helps = [...(await helpTexts())].map(([name, text]) => helpDocument(`billcast ${name} --help`.replace('  ', ' '), text))
  // One grade for all help texts: a single one has too few sentences to measure.
  const help = mergedHelp(helps)
  const { html, printed } = await exampleReport()
  const product = [help, htmlDocument('report.html', html), linesDocument('billcast run (printed)', printed)]
  return [...pages, ...product.map((document) => ({ document, limit: GRADES.guide }))]
}

/** @param {readonly Document[]} documents @returns {Document} */
function mergedHelp(documents) {
  let source = ''
  const blocks = documents.flatMap(({ name, source: own, blocks: found }) => {
    const start = source.length + name.length + 1
    source += `${name}\n${own}\n`
    return found.map((block) => ({ ...block, offsets: block.offsets.map((offset) => offset + start) }))
  })
  return { name: 'help', source, blocks }
}

const pages = new Map(positionals.length > 0 ? allPages().map(({ page, class: reading }) => [page, GRADES[reading]]) : [])
const checked =
  positionals.length > 0
    ? positionals.map((file) => ({ document: documentOf(file), limit: pages.get(file) ?? GRADES.guide }))
    : await everything()

let errors = 0
let warnings = 0
for (const { document, limit } of checked) {
  const { findings, grade } = checkDocument(document, limit)
  for (const finding of findings) {
    if (finding.level === 'error') errors++
    else warnings++
    if (!values.grades && (finding.level === 'error' || !values.errors)) console.log(findingLine(finding))
  }
  if (grade)
    console.log(
      `${grade.name}: grade ${grade.grade.toFixed(1)} of at most ${grade.limit}, ${grade.words} words in ${grade.sentences} sentences`,
    )
}
console.log(`${errors} errors, ${warnings} warnings`)
process.exitCode = errors > 0 ? 1 : 0
