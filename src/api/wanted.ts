// Which files of a run are wanted, apart from the code that writes them, which a command loads later.
import type { OutputFormat } from '../options/formats.ts'

/** The files to write besides the summary and the manifest. */
export interface WantedFiles {
  readonly formats: readonly OutputFormat[]
  /** Whether to write a table of the drawn inputs. */
  readonly inputs: boolean
  /** Whether to write a table of the months of single trials. */
  readonly paths: boolean
  /** Whether to write `report.html`. */
  readonly page: boolean
  /** The odds of being cheapest from which the report calls an offer the clear choice, if another share than 80%. */
  readonly clearAt?: number | undefined
}

interface Stated {
  readonly formats?: readonly OutputFormat[] | undefined
  readonly inputs?: boolean | undefined
  readonly paths?: boolean | undefined
  readonly report?: boolean | undefined
}

export const wantedFiles = ({ formats = ['arrow'], inputs = false, paths = false, report = true }: Stated): WantedFiles => ({
  formats,
  inputs,
  paths,
  page: report,
})
