// Separates sources from the plan. `source` may stand beside any value and in any object of drivers and offers. It changes no figure
// and no name.
import { isVisible, type Located, shown } from '../errors.ts'

export interface ValueSource {
  /** The value's path, with the `id` of a charge that has one. */
  readonly path: string
  readonly source: string
}

const LONGEST = 500
/** Lists whose elements are plain values. In any other list, `{ value }` is a stage. */
const PLAIN_LISTS = new Set(['seasonality', 'monthly', 'ratios', 'values', 'weights', 'components'])

type Separated = { readonly data: unknown; readonly sources: readonly ValueSource[]; readonly problems: readonly Located[] }

export function separateSources(data: unknown): Separated {
  const sources: ValueSource[] = []
  const problems: Located[] = []

  const note = (source: unknown, path: readonly PropertyKey[], name: string) => {
    const legible = typeof source === 'string' && source.trim() !== '' && source.length <= LONGEST && isVisible(source)
    if (legible) sources.push({ path: name, source })
    else
      problems.push({
        path: [...path, 'source'],
        message: `expected a text of up to ${LONGEST} characters that names the origin of the value, got ${shown(source)}`,
      })
  }

  const walk = (node: unknown, path: readonly PropertyKey[], name: string): unknown => {
    if (typeof node !== 'object' || node === null) return node
    if (Array.isArray(node)) return node.map((item, k) => walk(item, [...path, k], name + label(path, item, k)))
    const prototype = Object.getPrototypeOf(node)
    if (prototype !== Object.prototype && prototype !== null) return node
    // The keys of the plan itself and of `offers` are not parts of a value.
    const field = path.length > 0 && path[0] !== 'run' && !(path.length === 1 && path[0] === 'offers')
    const { source, ...rest } = node as Record<string, unknown>
    const stated = field && Object.hasOwn(node, 'source')
    if (stated) note(source, path, name)
    const own = stated ? rest : (node as Record<string, unknown>)
    const stage = typeof path[path.length - 1] === 'number' && !PLAIN_LISTS.has(String(path[path.length - 2]))
    if (field && !stage && Object.hasOwn(own, 'value') && Object.keys(own).length === 1)
      return walk(own.value, [...path, 'value'], name)
    return Object.fromEntries(
      Object.entries(own).map(([key, item]) => [key, walk(item, [...path, key], name === '' ? key : `${name}.${key}`)]),
    )
  }

  return { data: walk(data, [], ''), sources, problems }
}

/** A charge is named by its `id`, like its inputs. */
function label(path: readonly PropertyKey[], item: unknown, k: number): string {
  const id = path.length > 2 && path[path.length - 1] === 'charges' ? (item as { id?: unknown } | null)?.id : undefined
  return typeof id === 'string' ? `.${id}` : `[${k}]`
}
