// Limits on a text before it is parsed. The lexer takes milliseconds, while the parser may need minutes for a text that is made to be slow.
import { CST, Lexer } from 'yaml'
import type { Problem } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { formatNumber } from '../notation/number.ts'

/** Tokens of a text: names, values, signs between them, line ends and comments. */
const MOST_TOKENS = 200_000
/** The parser looks for the anchor of each alias among all anchors and aliases. */
const MOST_REFERENCES = 1_000
/** Brackets in brackets. Data just beyond the limit of nesting gets a message with its path. */
const MOST_BRACKETS = 2 * LIMITS.depth

export const TOO_DEEP = `expected at most ${LIMITS.depth} levels of nesting`

/** The first reason not to parse a text, with its place. Undefined if there is none. */
export function excessIn(text: string): Problem | undefined {
  const excess = counter()
  let offset = 0
  let scalar = false
  for (const token of new Lexer().lex(text)) {
    const type: CST.TokenType | null = scalar ? 'scalar' : CST.tokenType(token)
    // Three signs of the lexer stand for no character of the text.
    const mark: boolean = !scalar && (type === 'scalar' || type === 'doc-mode' || type === 'flow-error-end')
    scalar = mark && type === 'scalar'
    if (mark || type === null) continue
    const message = excess(type, token)
    if (message !== undefined) return { path: '', message, ...placeIn(text, offset) }
    offset += token.length
  }
  return undefined
}

/** @returns receives each token and returns why the text has too many */
function counter(): (type: CST.TokenType, token: string) => string | undefined {
  let [tokens, references, depth] = [0, 0, 0]
  return (type, token) => {
    if (type !== 'space') tokens += 1
    if (type === 'alias' || type === 'anchor' || type === 'tag') references += 1
    if (type === 'flow-map-start' || type === 'flow-seq-start') depth += 1
    if (type === 'flow-map-end' || type === 'flow-seq-end') depth -= 1
    if (depth > MOST_BRACKETS) return TOO_DEEP
    // Under YAML 1.1, "no" would be false and 017 would be 15.
    if (type === 'directive-line' && !/^%YAML\s+1\.2\s*(#.*)?$/.test(token))
      return 'expected no line that begins with %, except %YAML 1.2'
    if (references > MOST_REFERENCES)
      return `expected at most ${formatNumber(MOST_REFERENCES)} &anchors, *aliases and !tags. Write the values out`
    if (tokens > MOST_TOKENS)
      return `expected at most ${formatNumber(MOST_TOKENS)} names, values and signs. Move long lists into a CSV file`
    return undefined
  }
}

function placeIn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length, column: lines[lines.length - 1].length + 1 }
}
