// How a result shows itself in consoles, notebooks and pages.
import { consoleColumns } from '../present/report/console.ts'
import { type PageElement, tableElement } from '../present/charts/element.ts'

/** Kernels call the method of this name to show a value. */
const DISPLAY = Symbol.for('Jupyter.display')

export abstract class Displayed {
  abstract toHTML(): string
  abstract toString(): string
  /** @internal */
  abstract markdown(): string
  /**
   * The text for a console of that many characters in a line.
   * @internal
   */
  abstract fitted(columns: number): string

  /**
   * The table as an element of a page, which Observable displays.
   * @throws UsageError outside of a page
   */
  element(): PageElement {
    return tableElement(this)
  }

  /** The same table as HTML, Markdown and text, for Jupyter kernels. */
  [DISPLAY](): Readonly<Record<string, string>> {
    return { 'text/html': this.toHTML(), 'text/markdown': this.markdown(), 'text/plain': this.toString() }
  }

  /** For kernels that use this name. */
  _toMime(): Readonly<Record<string, string>> {
    return this[DISPLAY]()
  }

  /** Inspectors of pages show this name, also where a bundler has shortened that of the class. */
  get [Symbol.toStringTag](): string {
    return 'SimulationResult'
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.fitted(consoleColumns())
  }

  [Symbol.for('Deno.customInspect')](): string {
    return this.fitted(consoleColumns())
  }
}
