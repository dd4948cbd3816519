// An input that billcast answers with a message, and how the message is got.
import { stringify } from 'yaml'
import { messageOf } from '../../src/errors.ts'

export interface Input {
  /** The input as the list shows it. */
  readonly shown: string
  /** Throws the message, or returns it: a text, a list of texts, or a result with warnings. */
  run(): unknown
}

/** Inputs whose messages come from one folder of src. */
export interface Subject {
  readonly folder: string
  readonly inputs: readonly Input[]
}

const LONGEST = 160

/** In one line, with its middle left out where it is long. */
export function short(text: string): string {
  const line = [...text.trim().replace(/\s*\n\s*/g, ' ⏎ ')]
    .map((c) => (/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u.test(c) ? `\\x${c.codePointAt(0)?.toString(16)}` : c))
    .join('')
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST / 2)} … ${line.slice(-LONGEST / 4)}`
}

const named = (_: unknown, value: unknown): unknown => (typeof value === 'function' ? 'a function' : value)

/** Data as a scenario file shows it, in one line. */
export const inline = (value: unknown): string =>
  typeof value === 'string' ? value : (stringify(value, named, { collectionStyle: 'flow', lineWidth: 0 })?.trim() ?? 'nothing')

/** The text of a call, as it stands in a list of inputs. */
function textOf(call: () => unknown): string {
  const text = call
    .toString()
    .replace(/^(async )?\(\) => /, '')
    .replace(/\(0,\s*__\w+__\.(\w+)\)/g, '$1')
    .replace(/__vi_\w+__\.(\w+)/g, '$1')
    .replace(/__vite_ssr_\w+__\.(\w+)/g, '$1')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/"([^"']*)"/g, "'$1'")
  return text.replace(/^\((.*)\)$/, '$1')
}

/** Calls of the library, or of one of its functions, each shown as it is written. */
export const calls = (...list: readonly (() => unknown)[]): Input[] => list.map((run) => ({ shown: textOf(run), run }))

/** Calls that need a name for what they do. */
export const cases = (list: Readonly<Record<string, () => unknown>>): Input[] =>
  Object.entries(list).map(([shown, run]) => ({ shown, run }))

function textsIn(result: unknown): readonly string[] {
  if (typeof result === 'string') return result.split('\n')
  if (Array.isArray(result)) return result.flatMap(textsIn)
  if (result instanceof Error) return [messageOf(result)]
  if (typeof result === 'object' && result !== null)
    return [...('notes' in result ? textsIn(result.notes) : []), ...('warnings' in result ? textsIn(result.warnings) : [])]
  return []
}

/** The lines of the message; none where the input causes none. */
export async function messageOfInput({ run }: Input): Promise<string[]> {
  const result = await Promise.resolve()
    .then(run)
    .catch((error: unknown) => messageOf(error))
  return textsIn(result)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
}
