// Text (YAML 1.2 or JSON) to plain data, with the place of every value. Bounded, without aliases or custom tags.
import { type ErrorCode, isScalar, LineCounter, parseDocument, type Scalar, visit } from 'yaml'
import { type Problem, ScenarioError } from '../errors.ts'
import { LIMITS } from '../limits.ts'

const SHOWN = 3
const MOST_ALIASES = 100

export interface Source {
  readonly data: unknown
  /** Line and column of a path, as far as it exists. */
  readonly locate: (path: readonly PropertyKey[]) => { readonly line: number; readonly column: number } | undefined
}

export function parseText(text: string): Source {
  if (text.length > LIMITS.fileBytes)
    throw new ScenarioError([{ path: '', message: `expected at most 1 MiB of text, got ${text.length} characters` }])
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    // Looked for below: the parser compares each key with each, which takes minutes for a file of keys.
    uniqueKeys: false,
    // A tag such as !!binary would make something else than data of a value.
    resolveKnownTags: false,
    prettyErrors: false,
    // "silent" would take the first of several documents without a word.
    logLevel: 'error',
  })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const wrong = [...document.errors, ...document.warnings]
  if (wrong.length > 0) {
    // One slip leads to many errors behind it: the first few tell it.
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
      if (!named) slip(`there is no &${alias.source} before *${alias.source}`, alias)
      else if (above.some((node) => node === named)) slip(`*${alias.source} stands within what it repeats`, alias)
    },
    Map(_, { items }) {
      const seen = new Set<string>()
      for (const { key } of items) {
        const name = isScalar(key) ? String(key.value) : undefined
        if (name !== undefined && seen.has(name)) slip('expected each key once: this one stands above already', key as Scalar)
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
    throw new ScenarioError([{ path: '', message: `expected at most ${MOST_ALIASES} repetitions by *aliases` }])
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
  if (/call stack/.test(message)) return `expected at most ${LIMITS.depth} levels`
  switch (code) {
    case 'MULTIPLE_DOCS':
      return 'expected one scenario in a file: another begins here (---)'
    case 'TAB_AS_INDENT':
      return 'expected spaces at the beginning of the line, got a tab'
    case 'TAG_RESOLVE_FAILED':
      return 'expected a value without a !tag'
    default:
      // A call inside { } without quotes is the mistake that YAML's own words explain worst.
      return /flow|comma|Missing|Unexpected/i.test(message)
        ? `${message} (inside { } or [ ] a call such as "uniform($1.00, $3.50)" needs quotes)`
        : message
  }
}
