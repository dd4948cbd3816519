// Reference of the command line: a page for each command, from its help text.

/** @typedef {{ term: string, text: string }} Entry */
/** @typedef {{ usage: string, description: string, groups: { title: string, entries: Entry[] }[], rest: string }} Help */

/** @param {string} help @returns {Help} */
export function parsedHelp(help) {
  const [first, ...paragraphs] = help.trimEnd().split(/\n\n/)
  /** @type {Help} */
  const found = { usage: first.replace(/^Usage: /, '').replaceAll(/\s+/g, ' '), description: '', groups: [], rest: '' }
  for (const paragraph of paragraphs) {
    const [title, ...lines] = paragraph.split('\n')
    const listed = /^(Options|Commands|Arguments|[\w ]+ options):$/i.exec(title)
    if (listed) found.groups.push({ title: listed[1], entries: entriesOf(lines) })
    else if (found.groups.length === 0) found.description += `${paragraph.replaceAll(/\s+/g, ' ')}\n\n`
    else found.rest += `${paragraph}\n\n`
  }
  return { ...found, description: found.description.trim(), rest: found.rest.trim() }
}

/** A term and its text stand two spaces apart, and the text goes on below itself. @param {readonly string[]} lines */
function entriesOf(lines) {
  /** @type {Entry[]} */
  const entries = []
  for (const line of lines) {
    const [, term, text] = /^ {2}(\S.*?)(?: {2,}(\S.*))?$/.exec(line) ?? []
    const last = entries.at(-1)
    if (term !== undefined) entries.push({ term, text: text ?? '' })
    else if (last) last.text = `${last.text} ${line.trim()}`.trim()
  }
  return entries
}

/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '\\<').replaceAll('*', '\\*')
/** @param {string} text */
const code = (text) => `\`${text.replaceAll('|', '\\|')}\``
/** @param {string} text */
const sentence = (text) => (text === '' ? '' : `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`)

/** @param {string} name such as `queue status` */
export const commandRoute = (name) => `reference/commands/${name.replaceAll(' ', '-') || 'index'}.md`

/** @param {string} name @param {Help} help @param {readonly string[]} names all commands */
function page(name, help, names) {
  const lines = [`# billcast ${name}`.trim(), '', cell(sentence(help.description)), '', '```text', help.usage, '```', '']
  for (const { title, entries } of help.groups) {
    const isCommands = title === 'Commands'
    lines.push(`## ${title}`, '', `| ${isCommands ? 'command' : 'option'} | meaning |`, '| --- | --- |')
    for (const { term, text } of entries) {
      const own = `${name} ${term.split(' ')[0]}`.trim()
      const shown = isCommands && names.includes(own) ? `[${code(term)}](/${commandRoute(own)})` : code(term)
      lines.push(`| ${shown} | ${cell(text)} |`)
    }
    lines.push('')
  }
  if (help.rest !== '') lines.push('```text', help.rest, '```', '')
  return lines.join('\n')
}

/**
 * @param {ReadonlyMap<string, string>} helps help texts by command
 * @returns {{ route: string, title: string, text: string }[]}
 */
export function commandPages(helps) {
  const names = [...helps.keys()]
  return [...helps].map(([name, text]) => ({
    route: commandRoute(name),
    title: name === '' ? 'All commands' : name,
    text: page(name, parsedHelp(text), names),
  }))
}
