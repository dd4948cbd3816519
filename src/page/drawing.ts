// A compiled chart on the page, whose data and title can change.
import { parse, type Spec, View } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import type { Chart } from '../present/charts/chart.ts'
import { named } from '../present/charts/live.ts'

export class Drawing {
  readonly #view: View
  readonly #holder: HTMLElement

  constructor(compiled: unknown, holder: HTMLElement) {
    this.#holder = holder
    // Vega compiles expressions by eval, which the page's policy forbids, so they are interpreted.
    const runtime = parse(compiled as Spec, undefined, { ast: true })
    this.#view = new View(runtime, { expr: expressionInterpreter, renderer: 'svg', container: holder, hover: false })
  }

  async show(chart: Chart, signals: Readonly<Record<string, number | null>> = {}): Promise<void> {
    for (const [name, values] of Object.entries(named(chart).data)) this.#view.data(name, [...values])
    this.#view.signal('heading', chart.title)
    await this.mark(signals)
    const svg = this.#holder.querySelector('svg')
    svg?.setAttribute('role', 'img')
    svg?.setAttribute('aria-label', chart.description)
  }

  async mark(signals: Readonly<Record<string, number | null>>): Promise<void> {
    for (const [name, value] of Object.entries(signals)) this.#view.signal(name, value)
    await this.#view.runAsync()
  }

  /** The number on the horizontal axis at a pointer. */
  at(clientX: number): number | undefined {
    const svg = this.#holder.querySelector('svg')
    if (!svg) return undefined
    const { left, width } = svg.getBoundingClientRect()
    // The page may show the drawing at a smaller size.
    const scale = svg.viewBox.baseVal.width / width
    const { invert } = this.#view.scale('x') as { readonly invert?: (x: number) => number }
    return invert?.((clientX - left) * scale - this.#view.origin()[0])
  }
}
