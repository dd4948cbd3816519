// A chart: a Vega-Lite specification that shows itself in notebooks.
import { drawn } from './draw.ts'
import { CONFIG, SCHEMA } from './theme.ts'

/** Plain data of Vega-Lite, version 5 syntax. */
export type Spec = Readonly<Record<string, unknown>>

const MIME = 'application/vnd.vegalite.v5+json'

export class Chart {
  /** The specification, complete with its data. */
  readonly spec: Spec
  /** The finding, as it stands above the chart. */
  readonly title: string
  /** What the chart says, for those who do not see it. */
  readonly description: string

  constructor(title: string, description: string, body: Spec) {
    this.title = title
    this.description = description
    this.spec = {
      $schema: SCHEMA,
      title: { text: title, anchor: 'start' },
      description,
      background: null,
      config: CONFIG,
      ...body,
    }
  }

  toJSON(): Spec {
    return this.spec
  }

  toSpec(): Spec {
    return this.spec
  }

  /** Drawn without a browser. */
  toSVG(): Promise<string> {
    return drawn(this.spec)
  }

  async [Symbol.for('Jupyter.display')](): Promise<Readonly<Record<string, unknown>>> {
    return { [MIME]: this.spec, 'image/svg+xml': await this.toSVG(), 'text/plain': this.description }
  }

  /** For kernels that ask at once and cannot wait for a drawing. */
  _toMime(): Readonly<Record<string, unknown>> {
    return { [MIME]: this.spec, 'text/plain': this.description }
  }

  toString(): string {
    return this.description
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.description
  }

  [Symbol.for('Deno.customInspect')](): string {
    return this.description
  }
}
