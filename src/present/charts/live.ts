// A chart whose data may be exchanged after it was compiled: inline data get names, and the title is a signal.
import type { Chart } from './chart.ts'

type Fields = Readonly<Record<string, unknown>>

/** The specification with its inline data named d0, d1 … in the order in which they stand. */
export function named(chart: Chart): { readonly spec: unknown; readonly data: Readonly<Record<string, readonly unknown[]>> } {
  const data: Record<string, readonly unknown[]> = {}
  const names = new Map<unknown, string>()
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        const values: unknown =
          key === 'data' && typeof value === 'object' ? (value as { values?: unknown } | null)?.values : undefined
        if (!Array.isArray(values)) return [key, walk(value)]
        const name = names.get(values) ?? `d${names.size}`
        names.set(values, name)
        data[name] = values
        return [key, { name, values }]
      }),
    )
  }
  return { spec: walk(chart.spec), data }
}

/** What a compiled specification becomes so that its title can follow: it is the signal `heading`. */
export function withSignals(compiled: Fields, chart: Chart): Fields {
  const { title, signals } = compiled as { readonly title: Fields; readonly signals?: readonly unknown[] }
  return {
    ...compiled,
    title: { ...title, text: { signal: 'heading' } },
    signals: [...(signals ?? []), { name: 'heading', value: chart.title }],
  }
}
