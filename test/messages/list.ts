// The list as a text: folder by folder, each input and under it the message that it causes.
import { VERSION } from '../../src/platform/version.generated.ts'
import { withoutFolders } from './commands.ts'
import { messageOfInput, type Subject } from './input.ts'

const HEAD = `Every message of billcast, each under an input that causes it. A test writes this file:
UPDATE_MESSAGES=1 npx vitest run --project messages

An input is what a plan has beside the smallest plan, a call of a function, or a command line.
`

const SHOWN = 5

export interface List {
  readonly text: string
  /** Inputs that cause no message. */
  readonly silent: readonly string[]
}

/** Of a long message the beginning and the end; the same in every folder and version. */
function linesOf(message: readonly string[]): string {
  const left = message.length - SHOWN
  const lines = left > 0 ? [...message.slice(0, SHOWN - 1), `… ${left} more …`, ...message.slice(-1)] : message
  return lines.map((line) => `    ${withoutFolders(line).replaceAll(`billcast ${VERSION}`, 'billcast VERSION')}`).join('\n')
}

export async function listOf(subjects: readonly Subject[]): Promise<List> {
  const silent: string[] = []
  const sections = new Map<string, Set<string>>()
  for (const { folder, inputs } of subjects) {
    const section = sections.get(folder) ?? new Set()
    sections.set(folder, section)
    for (const input of inputs) {
      const message = await messageOfInput(input)
      if (message.length === 0) silent.push(input.shown)
      section.add(`${input.shown}\n${linesOf(message)}\n`)
    }
  }
  const sorted = [...sections].sort(([a], [b]) => (a < b ? -1 : 1))
  return { text: HEAD + sorted.map(([folder, section]) => `\n== ${folder} ==\n\n${[...section].join('\n')}`).join(''), silent }
}
