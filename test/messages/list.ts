// The list as a text: folder by folder, each input and under it the message that it causes.
import { messageOfInput, type Subject } from './input.ts'

const HEAD = `Every message of billcast, each under an input that causes it. A test writes this file:
UPDATE_MESSAGES=1 npx vitest run --project messages

An input is what a plan has beside the smallest plan, a call of a function, or a command line.
`

export interface List {
  readonly text: string
  /** Inputs that cause no message. */
  readonly silent: readonly string[]
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
      section.add(`${input.shown}\n${message.map((line) => `    ${line}`).join('\n')}\n`)
    }
  }
  const sorted = [...sections].sort(([a], [b]) => (a < b ? -1 : 1))
  return { text: HEAD + sorted.map(([folder, section]) => `\n== ${folder} ==\n\n${[...section].join('\n')}`).join(''), silent }
}
