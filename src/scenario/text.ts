// Text (YAML 1.2 or JSON) to plain data, with the place of every value. Bounded, without aliases or custom tags.
import { LineCounter, parseDocument } from 'yaml'
import { type Problem, ScenarioError } from '../errors.ts'
import { LIMITS } from './schema.ts'

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
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'silent',
  })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  if (document.errors.length > 0) {
    throw new ScenarioError(
      document.errors.map((error): Problem => ({ path: '', message: explain(error.message), ...place(error.pos[0]) })),
    )
  }
  let data: unknown
  try {
    data = document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw new ScenarioError([{ path: '', message: error instanceof Error ? error.message : 'not readable' }])
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

/** A call inside { } without quotes is the mistake that YAML's own words explain worst. */
function explain(message: string): string {
  return /flow|comma|Missing|Unexpected/i.test(message)
    ? `${message} (inside { } or [ ] a call such as "uniform($1.00, $3.50)" needs quotes)`
    : message
}
