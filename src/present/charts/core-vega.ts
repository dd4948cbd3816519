// `billcast/core` has no Vega: `billcast/core/vega` brings it. Each is one file that imports nothing, so they meet in the page.
import { UsageError } from '../../errors.ts'
import type { Vega } from './vega.ts'

const KEY = Symbol.for('billcast.vega')

export function bringVega(vega: Vega): void {
  Object.assign(globalThis, { [KEY]: vega })
}

/** @throws UsageError if nothing has brought it */
export async function broughtVega(): Promise<Vega> {
  const found = (globalThis as { readonly [KEY]?: Vega })[KEY]
  if (found) return found
  throw new UsageError("billcast/core draws charts after import 'billcast/core/vega'. `chart.spec` suits a Vega-Lite of your own")
}

/** @throws UsageError always: the page of a report is larger than all else in the library */
export function noReport(): never {
  throw new UsageError("billcast/core writes no HTML reports. Call report('md'), or import from 'billcast'")
}
