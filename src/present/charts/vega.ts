// Vega, which draws charts. It is loaded when something is drawn, since most runs draw nothing.
import type { Error as LevelOfErrors, logger, parse, View } from 'vega'
import type { compile } from 'vega-lite'
import type { TextMetrics } from './letters.ts'

declare module 'vega' {
  /** Vega lacks a type for it. */
  export const textMetrics: TextMetrics
}

export interface Vega {
  readonly compile: typeof compile
  readonly errors: typeof LevelOfErrors
  readonly logger: typeof logger
  readonly parse: typeof parse
  readonly View: typeof View
  readonly textMetrics: TextMetrics
}

export async function loadedVega(): Promise<Vega> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')])
  return { compile, errors: vega.Error, logger: vega.logger, parse: vega.parse, View: vega.View, textMetrics: vega.textMetrics }
}
