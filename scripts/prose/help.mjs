// Reads a help text: what it describes, and its options, arguments and commands in their groups.

/** @typedef {{ term: string, text: string }} Entry */
/** @typedef {{ title: string, kind: 'option' | 'argument' | 'command', entries: Entry[] }} Group */
/** @typedef {{ usage: string, description: string, groups: Group[], rest: string }} Help */

/** @param {string} help @returns {Help} */
export function parsedHelp(help) {
  const [first, ...paragraphs] = help.trimEnd().split(/\n\n/)
  /** @type {Help} */
  const found = { usage: first.replace(/^Usage: /, '').replaceAll(/\s+/g, ' '), description: '', groups: [], rest: '' }
  for (const paragraph of paragraphs) {
    const group = groupOf(paragraph)
    if (group) found.groups.push(group)
    else if (found.groups.length === 0) found.description += `${paragraph.replaceAll(/\s+/g, ' ')}\n\n`
    else found.rest += `${paragraph}\n\n`
  }
  return { ...found, description: found.description.trim(), rest: found.rest.trim() }
}

/** A group has a title and entries. A list of whole commands to type has them too, and is none. @param {string} paragraph */
function groupOf(paragraph) {
  const [heading, ...lines] = paragraph.split('\n')
  const title = /^(\w[\w ]*):$/.exec(heading)?.[1]
  if (title === undefined || !lines.every((line) => line.startsWith('  ')) || lines[0]?.startsWith('  billcast ')) return undefined
  const entries = entriesOf(lines)
  /** @type {Group['kind']} */
  const kind = title === 'Arguments' ? 'argument' : entries[0]?.term.startsWith('-') ? 'option' : 'command'
  return { title, kind, entries }
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

/** Names of the commands that a help text lists. @param {string} help */
export const commandsIn = (help) =>
  parsedHelp(help)
    .groups.filter(({ kind }) => kind === 'command')
    .flatMap(({ entries }) => entries.map(({ term }) => term.split(' ')[0]))
    .filter((name) => name !== 'help')
