// Refuses what needs Vega where there is none: `billcast/core` calls it in place of loading Vega or the report's page (scripts/bundle.mjs).
import { UsageError } from '../../errors.ts'

/** @throws UsageError always */
export function noVega(): never {
  throw new UsageError(
    "billcast/core draws no charts and no reports, since it has no Vega. Show `chart.spec` with a Vega-Lite of your own, or import from 'billcast'",
  )
}
