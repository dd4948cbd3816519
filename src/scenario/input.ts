// Refuses what callers may pass by mistake in place of a plan, such as a file's name, its bytes or a promise.
import { namedFile } from '../notation/file-name.ts'

const HINTS: Readonly<Record<string, string>> = {
  Promise: 'Wait for it first, with await',
  URL: "Read the file first, such as readFileSync(url, 'utf8')",
  Uint8Array: "Read the file as text, such as readFileSync('plan.yaml', 'utf8')",
}

/**
 * What is wrong with something that holds no fields of a plan at all. Undefined for texts and objects of data.
 * @param what a plan or a portfolio
 */
export function inputProblem(input: unknown, what: string): string | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return namedFile(input, what)
  const kind = Object.prototype.toString.call(input).slice('[object '.length, -1)
  if (kind === 'Object') return undefined
  return `expected ${what} as text or as an object, got a ${kind}. ${HINTS[kind] ?? 'Give its fields as an object, or its text'}`
}
