// What files `--out` shall hold beside the summary and the manifest.
import type { WantedFiles } from '../api/output.ts'
import { UsageError } from '../errors.ts'
import type { FlagsOf } from '../options/option.ts'
import type { output } from './options.ts'

export function wantedOf({ format, inputs, report, out }: FlagsOf<typeof output>): WantedFiles {
  const what = format !== undefined ? '--format' : inputs ? '--inputs' : undefined
  if (what !== undefined && out === undefined) throw new UsageError(`${what}: expected a folder for it, by --out`)
  return { formats: format ?? ['arrow'], inputs: inputs === true, page: report !== false }
}
