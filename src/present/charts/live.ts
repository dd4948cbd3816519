// Makes a chart whose data and title the page can replace after it was compiled.
import type { Chart } from './chart.ts'

type Fields = Readonly<Record<string, unknown>>

/** The specification with its inline data named d0, d1 … in order. */
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

/** Turns the title of a compiled specification into the signal `heading`. */
export function withSignals(compiled: Fields, chart: Chart): Fields {
  const { title, signals } = compiled as { readonly title: Fields; readonly signals?: readonly unknown[] }
  return {
    ...compiled,
    title: { ...title, text: { signal: 'heading' } },
    signals: [...(signals ?? []), { name: 'heading', value: chart.title }],
  }
}
