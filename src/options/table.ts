// The tables of options in the docs, as Markdown.
import { flagOf, type OptionGroup, type Option } from './option.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|')

const flagText = (name: string, { kind }: Option): string => {
  const flag = flagOf(name)
  const off = flag.replace('--', '--no-')
  if (kind.switches === 'both') return `\`${flag}\`, \`${off}\``
  if (kind.switches) return `\`${kind.switches === 'on' ? flag : off}\``
  return `\`${flag} ${kind.text?.placeholder ?? ''}\``
}

const rows = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...body].map((row) => `| ${row.map(cell).join(' | ')} |\n`).join('')

/** The flags of a command. */
export const flagTable = (group: OptionGroup): string =>
  rows(
    ['flag', 'meaning', 'default'],
    Object.entries(group)
      .filter(([, { only }]) => only !== 'program')
      .map(([name, one]) => [
        flagText(name, one),
        one.helpOff === undefined ? one.help : `${one.help}, or ${one.helpOff}`,
        one.kind.switches && one.default === undefined ? '' : (one.default ?? ''),
      ]),
  )

/** The options of a function of the library. */
export const optionTable = (group: OptionGroup): string =>
  rows(
    ['option', 'type', 'meaning', 'default'],
    Object.entries(group)
      .filter(([, { only }]) => only !== 'command')
      .map(([name, one]) => [
        `\`${name}\``,
        one.kind.name,
        one.kind.fields && one.kind.name === 'object' ? `${one.help}: \`${Object.keys(one.kind.fields).join('`, `')}\`` : one.help,
        one.required ? 'required' : (one.default ?? ''),
      ]),
  )
