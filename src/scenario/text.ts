// Parses text (YAML 1.2 or JSON) into plain data, with the place of every value. Size, nesting and aliases are limited, tags refused.
import { type ErrorCode, isScalar, LineCounter, parseDocument, type Scalar, visit } from 'yaml'
import { type Problem, ScenarioError } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { formatNumber } from '../notation/number.ts'

const SHOWN = 3
const MOST_ALIASES = 100

export interface Source {
  readonly data: unknown
  /** Line and column of a path, or of its longest part that exists. */
  readonly locate: (path: readonly PropertyKey[]) => { readonly line: number; readonly column: number } | undefined
}

export function parseText(text: string): Source {
  if (text.length > LIMITS.fileBytes)
    throw new ScenarioError([{ path: '', message: `expected at most 1 MiB of text, got ${formatNumber(text.length)} characters` }])
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    // The parser compares each key with every other, which takes minutes for a large file. The check below is fast.
    uniqueKeys: false,
    // A tag such as !!binary would make a value that is not plain data.
    resolveKnownTags: false,
    prettyErrors: false,
    // With "silent" the parser would use the first of several documents without an error.
    logLevel: 'error',
  })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const wrong = [...document.errors, ...document.warnings]
  if (wrong.length > 0) {
    // One mistake causes many errors after it, so the first few are enough.
    const first = wrong
      .slice(0, SHOWN)
      .map((error): Problem => ({ path: '', message: explain(error.message, error.code), ...place(error.pos[0]) }))
    throw new ScenarioError(first.filter(({ message }, k) => first.findIndex((other) => other.message === message) === k))
  }
  const slips: Problem[] = []
  const slip = (message: string, node: { readonly range?: readonly number[] | null | undefined }) =>
    void slips.push({ path: '', message, ...place(node.range?.[0] ?? 0) })
  visit(document, {
    Alias(_, alias, above) {
      const named = alias.resolve(document)
      if (!named) slip(`expected an anchor &${alias.source} before the alias *${alias.source}`, alias)
      else if (above.some((node) => node === named)) slip(`the alias *${alias.source} is inside its own anchor`, alias)
    },
    Map(_, { items }) {
      const seen = new Set<string>()
      for (const { key } of items) {
        const name = isScalar(key) ? String(key.value) : undefined
        if (name !== undefined && seen.has(name))
          slip('expected each key only once: this one is already defined above', key as Scalar)
        if (name !== undefined) seen.add(name)
      }
    },
  })
  if (slips.length > 0) throw new ScenarioError(slips.slice(0, SHOWN))
  let data: unknown
  try {
    data = document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    throw new ScenarioError([{ path: '', message: `expected at most ${MOST_ALIASES} values repeated by *aliases` }])
  }
  return {
    data,
    locate(path) {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined
        if (node?.range) return place(node.range[0])
      }
      return undefined
    },
  }
}

function explain(message: string, code: ErrorCode): string {
  if (/call stack/.test(message)) return `expected at most ${LIMITS.depth} levels of nesting`
  switch (code) {
    case 'MULTIPLE_DOCS':
      return 'expected one plan per file, got a second one after ---'
    case 'TAB_AS_INDENT':
      return 'expected spaces at the start of the line, got a tab'
    case 'TAG_RESOLVE_FAILED':
      return 'expected a value without a !tag'
    default:
      // YAML's own message does not explain the most common mistake, a call inside { } without quotes.
      return /flow|comma|Missing|Unexpected/i.test(message)
        ? `${message} (inside { } or [ ], a call such as "uniform($1.00, $3.50)" needs quotes)`
        : message
  }
}
