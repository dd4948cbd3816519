// Reference of the command line: a page for each command, from its help text.

import { parsedHelp } from '../prose/help.mjs'

/** @import { Help } from '../prose/help.mjs' */

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
  for (const { title, kind, entries } of help.groups) {
    lines.push(`## ${title}`, '', `| ${kind} | meaning |`, '| --- | --- |')
    for (const { term, text } of entries) {
      const own = `${name} ${term.split(' ')[0]}`.trim()
      const shown = kind === 'command' && names.includes(own) ? `[${code(term)}](/${commandRoute(own)})` : code(term)
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
