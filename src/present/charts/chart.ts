// A chart is a Vega-Lite specification that displays itself in notebooks.
import { shown, UsageError } from '../../errors.ts'
import { copied } from '../../notation/copied.ts'
import { formatNumber } from '../../notation/number.ts'
import { drawn } from './draw.ts'
import { chartElement, type PageElement } from './element.ts'
import { finished } from './finish.ts'
import { linesOf } from './letters.ts'
import { type AboutChart, CONFIG, isNarrow, PAPER, SCHEMA, SUBTITLE_SIZE, TITLE_SIZE } from './theme.ts'

/** A specification in Vega-Lite 5. */
export type Spec = Readonly<Record<string, unknown>>

const MIME = 'application/vnd.vegalite.v5+json'

/** The room that a chart is drawn for. */
export interface ChartRoom {
  /** Of the whole picture. */
  readonly width: number
  /** On a phone or in half of a printed page, a chart is lower and has fewer labels. */
  readonly narrow: boolean
}

const USUAL_WIDTH = 620
const [LEAST, MOST] = [200, 4_000]

const roomOf = (width: number): ChartRoom => ({ width, narrow: isNarrow(width) })

/** Right of the plot, a label may reach a little farther than the layout of Vega expects. */
const PADDING = { left: 5, top: 5, right: 14, bottom: 5 }

/** The longest name of a row. */
const [ROW_NAME, NARROW_NAME] = [240, 100]

/** Names and titles leave room for the plot. */
const configOf = ({ width, narrow }: ChartRoom): Spec => ({
  ...CONFIG,
  axis: { ...CONFIG.axis, labelLimit: narrow ? NARROW_NAME : ROW_NAME, titleLimit: width - 80 },
})

/** Pictures beside each other, and those with cells of one size, have widths of their own. */
const hasOwnWidth = (body: Spec): boolean =>
  'width' in body || ['facet', 'concat', 'hconcat', 'vconcat'].some((part) => part in body) || isRows(body)
const isRows = ({ encoding }: Spec): boolean => typeof encoding === 'object' && encoding !== null && 'row' in encoding

/** A text in lines. One that fits stays a text. */
function lined(text: string, width: number, size: number, bold: boolean): string | string[] {
  const lines = linesOf(text, width, size, bold)
  return lines.length > 1 ? lines : text
}

export type ChartParts = readonly [title: string, description: string, body: Spec, about?: AboutChart | undefined]

export class Chart {
  /** The specification, complete with its data. */
  readonly spec: Spec
  /** The finding, which stands above the chart. */
  readonly title: string
  /** The line below the title: what is drawn, in which unit, for which period. */
  readonly subtitle: string | undefined
  /** The line below the chart: where the figures come from. */
  readonly source: string | undefined
  /** The content in words, for those who cannot see the chart. */
  readonly description: string

  readonly #body: (room: ChartRoom) => Spec

  /**
   * Makes the same chart on another thread.
   * @internal
   */
  static of(parts: ChartParts): Chart {
    return new Chart(...parts)
  }

  /** @param body the marks and their data, drawn anew for each width */
  constructor(
    title: string,
    description: string,
    body: Spec | ((room: ChartRoom) => Spec),
    about?: AboutChart,
    { width = USUAL_WIDTH, titled = true }: { readonly width?: number; readonly titled?: boolean } = {},
  ) {
    for (const text of [title, description])
      if (typeof text !== 'string') throw new UsageError(`Chart: expected a title and a description, got ${shown(text)}`)
    if ((typeof body !== 'object' && typeof body !== 'function') || body === null)
      throw new UsageError(`Chart: expected a specification of Vega-Lite such as { data, mark, encoding }, got ${shown(body)}`)
    this.title = title
    this.description = description
    this.subtitle = about?.subtitle
    this.source = about?.source
    this.#body = typeof body === 'function' ? body : () => body
    const room = roomOf(width)
    const marks = this.#body(room)
    this.spec = {
      $schema: SCHEMA,
      title: titled
        ? {
            text: lined(title, width, TITLE_SIZE, true),
            ...(about && { subtitle: lined(about.subtitle, width, SUBTITLE_SIZE, false) }),
          }
        : null,
      ...{ description, background: PAPER, config: copied(configOf(room)), padding: { ...PADDING } },
      ...(about?.source !== undefined && titled && { usermeta: { source: about.source } }),
      ...(!hasOwnWidth(marks) && { width, autosize: { type: 'fit-x', contains: 'padding' } }),
      ...copied(marks),
    }
  }

  /**
   * What the chart is made of, which another thread may receive.
   * @internal
   */
  get parts(): ChartParts {
    const { $schema: _, description: __, usermeta: ___, title, ...body } = this.spec
    return [this.title, this.description, { ...body, ...(title === null && { title }) }, this.#about]
  }

  get #about(): AboutChart | undefined {
    const { subtitle, source } = this
    return subtitle === undefined ? undefined : { subtitle, ...(source !== undefined && { source }) }
  }

  /**
   * The same chart in another width, drawn anew: text keeps its size, and labels move.
   * @param width of the whole picture in pixels
   * @param options `titled: false` leaves out title, subtitle and source, for a page that has them as text
   * @throws UsageError for a width that is not from 200 to 4,000
   */
  at(width: number, { titled = true }: { readonly titled?: boolean } = {}): Chart {
    if (!(typeof width === 'number' && width >= LEAST && width <= MOST))
      throw new UsageError(`at: expected a width from ${LEAST} to ${formatNumber(MOST)} pixels, got ${shown(width)}`)
    return new Chart(this.title, this.description, this.#body, this.#about, { width, titled })
  }

  toJSON(): Spec {
    return this.spec
  }

  toSpec(): Spec {
    return this.spec
  }

  /** Draws the chart as SVG, without a browser. It has other colors where the reader's screen is dark. */
  async toSVG(): Promise<string> {
    const { title, usermeta: _, ...body } = this.spec
    return finished(await drawn(body), title !== null ? { title: this.title, ...this.#about } : {})
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
