// A chart is a Vega-Lite specification that displays itself in notebooks.
import { shown, UsageError } from '../../errors.ts'
import { copied } from '../../notation/copied.ts'
import { wrapped } from '../../notation/wrap.ts'
import { drawn } from './draw.ts'
import { chartElement, type PageElement } from './element.ts'
import { finished } from './finish.ts'
import { type AboutChart, CONFIG, PAPER, SCHEMA } from './theme.ts'

/** A specification in Vega-Lite 5. */
export type Spec = Readonly<Record<string, unknown>>

const MIME = 'application/vnd.vegalite.v5+json'

/** What fits above a chart of the usual width. */
const [TITLE_CHARACTERS, SUBTITLE_CHARACTERS] = [68, 94]

/** A text in lines. One that fits stays a text. */
function lined(text: string, characters: number): string | string[] {
  const lines = wrapped(text, characters)
  return lines.length > 1 ? lines : text
}

export type ChartParts = readonly [title: string, description: string, body: Spec, about?: AboutChart | undefined]

export class Chart {
  /** The specification, complete with its data. */
  readonly spec: Spec
  /** The finding, which stands above the chart. */
  readonly title: string
  /** The content in words, for those who cannot see the chart. */
  readonly description: string

  readonly #subtitle: string | undefined
  readonly #parts: ChartParts

  /**
   * Makes the same chart on another thread.
   * @internal
   */
  static of(parts: ChartParts): Chart {
    return new Chart(...parts)
  }

  /** @throws UsageError for anything but two texts and a specification */
  constructor(title: string, description: string, body: Spec, about?: AboutChart) {
    for (const text of [title, description])
      if (typeof text !== 'string') throw new UsageError(`Chart: expected a title and a description, got ${shown(text)}`)
    if (typeof body !== 'object' || body === null)
      throw new UsageError(`Chart: expected a specification of Vega-Lite such as { data, mark, encoding }, got ${shown(body)}`)
    this.#parts = [title, description, body, about]
    this.title = title
    this.description = description
    this.#subtitle = about?.subtitle
    this.spec = {
      $schema: SCHEMA,
      title: { text: lined(title, TITLE_CHARACTERS), ...(about && { subtitle: lined(about.subtitle, SUBTITLE_CHARACTERS) }) },
      // Copies: a program may change the specification of its chart, but not those of others.
      ...{ description, background: PAPER, config: copied(CONFIG) },
      ...(about?.source !== undefined && { usermeta: { source: about.source } }),
      ...copied(body),
    }
  }

  /**
   * What the chart is made of, which another thread may receive.
   * @internal
   */
  get parts(): ChartParts {
    return this.#parts
  }

  toJSON(): Spec {
    return this.spec
  }

  toSpec(): Spec {
    return this.spec
  }

  /** Draws the chart as SVG, without a browser. It has other colors where the reader's screen is dark. */
  async toSVG(): Promise<string> {
    const { title, usermeta, ...body } = this.spec
    const { source } = (usermeta ?? {}) as { readonly source?: string }
    return finished(await drawn(body), {
      ...(title !== null && { title: this.title, ...(this.#subtitle !== undefined && { subtitle: this.#subtitle }) }),
      ...(source !== undefined && { source }),
    })
  }

  /**
   * Draws the chart as an element of a page, which Observable displays.
   * @throws UsageError outside of a page
   */
  element(): Promise<PageElement> {
    return chartElement(this)
  }

  async [Symbol.for('Jupyter.display')](): Promise<Readonly<Record<string, unknown>>> {
    return { [MIME]: this.spec, 'image/svg+xml': await this.toSVG(), 'text/plain': this.description }
  }

  /** Serves kernels that cannot wait for a drawing. */
  _toMime(): Readonly<Record<string, unknown>> {
    return { [MIME]: this.spec, 'text/plain': this.description }
  }

  toString(): string {
    return this.description
  }

  /** The name of the class, which bundlers shorten. */
  get [Symbol.toStringTag](): string {
    return 'Chart'
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.description
  }

  [Symbol.for('Deno.customInspect')](): string {
    return this.description
  }
}
