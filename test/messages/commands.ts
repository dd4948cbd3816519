// Command lines, run in this process in a folder of their own.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { here } from '../end-to-end/command.ts'
import type { Input } from './input.ts'

/** Those that were made, until they are removed. */
const made: Folder[] = []

export class Folder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'billcast-messages-')))

  constructor() {
    made.push(this)
  }

  at(name: string): string {
    return join(this.path, name)
  }

  write(name: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.at(name)), { recursive: true })
    writeFileSync(this.at(name), content)
  }
}

/** A text without the places of the folders. */
export const withoutFolders = (text: string): string =>
  made.reduce((all, { path }) => {
    const near = relative(process.cwd(), path)
    return [`${near}/`, `${path}/`]
      .reduce((rest, place) => rest.replaceAll(place, ''), all)
      .replaceAll(near, '.')
      .replaceAll(path, '.')
  }, text)

export function removeFolders(): void {
  for (const { path } of made.splice(0)) rmSync(path, { recursive: true, force: true })
}

/** What a command says on standard error. Words that begin with @ are names in the folder. */
export const said = async (folder: Folder, line: string): Promise<string> => {
  const args = (line.match(/"[^"]*"|\S+/g) ?? [])
    .map((word) => word.replaceAll('"', ''))
    .map((word) => (word.startsWith('@') ? folder.at(word.slice(1)) : word))
  return (await here(args)).stderr
}

export const commands = (folder: Folder, lines: readonly string[]): Input[] =>
  lines.map((line) => ({ shown: `billcast ${line.replaceAll(/(^|\s)@/g, '$1')}`, run: () => said(folder, line) }))
