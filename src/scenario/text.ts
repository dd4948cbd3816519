// Parses text (YAML 1.2 or JSON) into plain data, with the place of every value. Size, nesting and aliases are limited, tags refused.
import {
  type Alias,
  type Document,
  type ErrorCode,
  type Node,
  isAlias,
  isCollection,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  type Scalar,
  visit,
} from 'yaml'
import { type Problem, ScenarioError } from '../errors.ts'
import { LIMITS } from '../limits.ts'
import { formatNumber } from '../notation/number.ts'
import { excessIn, TOO_DEEP } from './text-limits.ts'

const SHOWN = 3
/** Values of a plan in which every alias stands for its values. */
const MOST_VALUES = 100_000

export interface Source {
  readonly data: unknown
  /** Line and column of a path, or of its longest part that exists. */
  readonly locate: (path: readonly PropertyKey[]) => { readonly line: number; readonly column: number } | undefined
}

export function parseText(text: string): Source {
  if (text.length > LIMITS.fileBytes)
    throw new ScenarioError([{ path: '', message: `expected at most 1 MiB of text, got ${formatNumber(text.length)} characters` }])
  const excess = excessIn(text)
  if (excess) throw new ScenarioError([excess])
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
  const slips = slipsIn(document)
  if (slips.length > 0)
    throw new ScenarioError(slips.slice(0, SHOWN).map(({ message, offset }) => ({ path: '', message, ...place(offset) })))
  const data: unknown = document.toJS({ maxAliasCount: UNLIMITED })
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

/** Aliases are counted here, since the parser would look at the whole document for each. */
const UNLIMITED = -1

interface Slip {
  readonly message: string
  readonly offset: number
}

/** Repeated keys, and aliases that lead nowhere, into themselves or to too many values. */
function slipsIn(document: Document): Slip[] {
  const slips: Slip[] = []
  const slip = (message: string, node: { readonly range?: readonly number[] | null | undefined }) =>
    void slips.push({ message, offset: node.range?.[0] ?? 0 })
  const anchors = new Map<string, unknown>()
  const targets = new Map<Alias, unknown>()
  const anchored = (node: Node) => {
    if (node.anchor !== undefined) anchors.set(node.anchor, node)
  }
  visit(document, {
    Alias(_, alias, above) {
      const named = anchors.get(alias.source)
      if (named === undefined) slip(`expected an anchor &${alias.source} before the alias *${alias.source}`, alias)
      else if (above.some((node) => node === named)) slip(`the alias *${alias.source} is inside its own anchor`, alias)
      targets.set(alias, named)
    },
    Scalar: (_, node) => anchored(node),
    Seq: (_, node) => anchored(node),
    Map(_, node) {
      anchored(node)
      const seen = new Set<string>()
      for (const { key } of node.items) {
        const name = isScalar(key) ? String(key.value) : undefined
        if (name !== undefined && seen.has(name))
          slip('expected each key only once: this one is already defined above', key as Scalar)
        if (name !== undefined) seen.add(name)
      }
    },
  })
  if (slips.length === 0 && valuesIn(document.contents, targets) > MOST_VALUES)
    slip(`expected at most ${formatNumber(MOST_VALUES)} values, counting those that *aliases repeat`, {})
  return slips
}

/** Values below a node, if every alias stood for its values. */
function valuesIn(root: unknown, targets: ReadonlyMap<Alias, unknown>): number {
  const known = new Map<unknown, number>()
  const count = (node: unknown): number => {
    if (isAlias(node)) {
      const target = targets.get(node)
      const values = known.get(target) ?? count(target)
      known.set(target, values)
      return values
    }
    if (isPair(node)) return count(node.key) + count(node.value)
    return isCollection(node) ? node.items.reduce<number>((sum, item) => sum + count(item), 1) : 1
  }
  return count(root)
}

/** Signs of a message: the parser quotes lines of any length. */
const LONGEST = 300

function explain(given: string, code: ErrorCode): string {
  const message = given.length > LONGEST ? `${given.slice(0, LONGEST)}...` : given
  if (/call stack/.test(message)) return TOO_DEEP
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
