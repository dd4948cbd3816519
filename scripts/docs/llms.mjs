// llms.txt: what billcast is and where its pages are, for assistants that read the package. Its list is that of the site.
import { readFileSync } from 'node:fs'
import { sections } from '../prose/pages.mjs'

const { name, description } = JSON.parse(readFileSync('package.json', 'utf8'))

const NOTES = [
  '- A plan is YAML or JSON: volumes, a resolution rate and offers, each a number, a range such as `45k to 60k`, or a distribution.',
  '- `npx billcast init plan.yaml` writes a commented plan, `npx billcast check plan.yaml` finds its mistakes, and `npx billcast run plan.yaml` answers.',
  '- `npx billcast help --json` prints every command and option as data, and `npx billcast schema` the JSON Schema of a plan.',
  '- `npx billcast mcp FOLDER` answers the questions of an assistant over the Model Context Protocol.',
  '- Add `--json` for figures as data. Each is `{ "value": …, "se": … }`: state the budget (P80) beside the mean, and repeat the notes.',
  '- Never fill in a volume, a rate or a price that the user has not stated. Ask for it, or write it as a range with `source: "an assistant\'s guess"`.',
]

/** @param {string} file @returns {string} a line of the list: the page's title, address and first sentence */
function entryOf(file) {
  const text = readFileSync(file, 'utf8').replace(/^---\n.*?\n---\n/s, '')
  const title = /^# (.+)$/m.exec(text)?.[1] ?? file
  const paragraphs = text.slice(text.indexOf(`# ${title}`) + title.length + 2).split(/\n\s*\n/)
  const first = paragraphs.map((part) => part.trim()).find((part) => /^[A-Za-z*`[]/.test(part)) ?? ''
  const question = first.startsWith('**Question:**')
  const plain = first
    .replace(/^\*\*Question:\*\* ?/, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\s+/g, ' ')
  const sentence = /^.{20,}?[.?!:](?= |$)/.exec(plain)?.[0]
  const said = (question ? plain : (sentence ?? plain)).replace(/:$/, '.')
  return `- [${title}](${file}): ${said.startsWith(name) ? said : `${said[0]?.toUpperCase() ?? ''}${said.slice(1)}`}`
}

/** A folder's own README lists the pages that follow anyway. @param {string} page */
const isListed = (page) => !page.endsWith('/README.md')

/** The content of llms.txt. */
export function llmsText() {
  const listed = sections().filter(({ title }) => title !== 'Project')
  return [
    `# ${name}\n\n> ${description}\n\n${NOTES.join('\n')}`,
    ...listed.map(({ title, pages }) => `## ${title}\n\n${pages.filter(isListed).map(entryOf).join('\n')}`),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n')
}
