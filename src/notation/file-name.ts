// A common slip: the name of a file in the place of its text.
import { shown, visible } from '../errors.ts'

const NAME = /^[^\n,;{}[\]]*\.(csv|json|tsv|txt|ya?ml)$/i

/**
 * What to say about a text that is only the name of a file. Undefined for other values.
 * @param what the file whose text is expected: a plan, a CSV file
 */
export function namedFile(given: unknown, what: string): string | undefined {
  if (typeof given !== 'string') return undefined
  const name = given.trim()
  return NAME.test(name)
    ? `expected the text of ${what}, got the name of a file, ${shown(name)}. Read the file first, such as readFileSync('${visible(name)}', 'utf8')`
    : undefined
}
