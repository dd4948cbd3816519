// Finds the place of the cursor in a plan: the keys that lead to it. It reads indentation and open braces, so it also works in unfinished YAML.

/** A key, or a place in a list. */
export type PlaceStep = string | 0

export interface TextPlace {
  /** The keys around the cursor. A value has its own key last. */
  readonly path: readonly PlaceStep[]
  /** Whether a key is expected, or the value of the last key. */
  readonly expects: 'key' | 'value'
  /** The word before the cursor. */
  readonly word: string
  /** Keys that stand beside it already. */
  readonly beside: readonly string[]
}

const KEY = /^\s*(?:- )*("[^"]*"|'[^']*'|[^\s{}[\],#:"'][^{}[\],#:"']*):(?=\s|$)/
const plain = (key: string): string => key.replace(/^["']|["']$/g, '').trim()

interface Line {
  /** Columns before the key, list marks included. */
  readonly indent: number
  /** Marks of lists before the key. */
  readonly lists: number
  readonly key: string | undefined
  readonly text: string
}

function lineOf(text: string): Line {
  const lead = /^(\s*)((?:- +)*)/.exec(text) ?? ['', '', '']
  const key = KEY.exec(text)?.[1]
  return { indent: lead[1].length + lead[2].length, lists: lead[2].split('-').length - 1, key: key && plain(key), text }
}

/** The braces that are open before the cursor on its own lines: each with the key before it. */
function openBraces(text: string): { readonly steps: readonly PlaceStep[]; readonly rest: string } {
  const steps: PlaceStep[] = []
  const depths: number[] = []
  let from = 0
  for (let k = 0; k < text.length; k++) {
    const sign = text[k]
    if (sign === '{' || sign === '[') {
      const key = /([\w.$-]+|"[^"]*")\s*:\s*$/.exec(text.slice(from, k))?.[1]
      depths.push(steps.length)
      if (key !== undefined) steps.push(plain(key))
      if (sign === '[') steps.push(0)
      from = k + 1
    } else if (sign === '}' || sign === ']') {
      steps.length = depths.pop() ?? 0
      from = k + 1
    } else if (sign === ',') from = k + 1
  }
  return { steps: depths.length > 0 ? steps : [], rest: depths.length > 0 ? text.slice(from) : text }
}

/** The keys above a line, by their indentation. */
function above(lines: readonly Line[], line: Line): readonly PlaceStep[] {
  const path: PlaceStep[] = []
  let { indent, lists } = line
  for (let k = lines.length - 1; k >= 0 && indent + lists > 0; k--) {
    const { indent: outer, key, lists: own, text } = lines[k]
    if (text.trim() === '' || text.trim().startsWith('#')) continue
    // The first key of an entry stands behind its mark, the others below it.
    if (lists === 0 && outer === indent && own > 0) lists = own
    const start = indent - 2 * lists
    if (key === undefined || outer >= indent || (lists > 0 && (own > 0 || outer > start))) continue
    path.unshift(key, ...Array.from({ length: lists }, () => 0 as const))
    ;[indent, lists] = [outer, own]
  }
  return path
}

function siblings(lines: readonly Line[], at: number, indent: number): readonly string[] {
  const found: string[] = []
  for (const step of [-1, 1])
    for (let k = at + step; k >= 0 && k < lines.length; k += step) {
      const { indent: own, key, text, lists } = lines[k]
      if (text.trim() === '') continue
      if (own < indent) break
      if (own === indent && key !== undefined) found.push(key)
      if (own === indent && lists > 0) break
    }
  return found
}

/** @param position characters before the cursor */
export function textPlaceAt(text: string, position: number): TextPlace {
  const lines = text.split('\n').map(lineOf)
  const before = text.slice(0, position)
  const at = before.split('\n').length - 1
  const start = before.lastIndexOf('\n') + 1
  const typed = before.slice(start)
  const line = lineOf(typed)
  const outer = above(lines.slice(0, at), line)
  const { steps, rest } = openBraces(typed)
  const value = /^\s*(?:- )*("[^"]*"|[\w.$-]+)\s*:\s+(\S*)$/.exec(rest)
  if (value) return { path: [...outer, ...steps, plain(value[1])], expects: 'value', word: value[2], beside: [] }
  const inBraces = steps.length > 0
  const beside = inBraces
    ? [...typed.slice(typed.lastIndexOf('{')).matchAll(/([\w.$-]+)\s*:/g)].map(([, key]) => key)
    : siblings(lines, at, line.indent)
  const marks = inBraces ? [] : Array.from({ length: line.lists }, () => 0 as const)
  const path = inBraces || line.lists === 0 || outer[outer.length - 1] === 0 ? [...outer, ...steps] : [...outer, ...marks]
  return { path, expects: 'key', word: /[\w.$-]*$/.exec(typed)?.[0] ?? '', beside }
}

/** A key of a text, with the keys around it. */
export interface TextKey {
  readonly path: readonly PlaceStep[]
  readonly name: string
  readonly from: number
  readonly to: number
}

/** The key that stands at a position. Nothing for values and comments. */
export function keyAt(text: string, position: number): TextKey | undefined {
  const start = text.lastIndexOf('\n', position - 1) + 1
  const line = text.slice(start).split('\n', 1)[0]
  const comment = /(?:^|\s)#/.exec(line)?.index ?? line.length
  for (const found of line.slice(0, comment).matchAll(/([\w.$-]+)\s*:(?=\s|$)/g)) {
    const from = start + found.index
    const to = from + found[1].length
    if (position >= from && position <= to) return { path: textPlaceAt(text, to).path, name: found[1], from, to }
  }
  return undefined
}

/** From and to of the words of a line that begin at a column: up to a comment, or to the end of a key or value in braces. */
export function wordsAt(line: string, column: number): readonly [from: number, to: number] {
  const from = Math.min(Math.max(0, column), line.length)
  const rest = line
    .slice(from)
    .replace(/\s+#.*$/, '')
    .trimEnd()
  const [first] = /^(?:"[^"]*"|'[^']*'|[^\s{}[\],:]+(?:\s+[^\s{}[\],:]+)*)/.exec(rest) ?? [rest]
  // A mark needs a letter to stand below.
  return first === '' ? [Math.max(0, from - 1), Math.max(from, line.length)] : [from, from + first.length]
}
