// Results in a browser, which has no folders: programs take the bytes of each file instead.
import type { ResultHome } from '../../api/made.ts'
import { UsageError } from '../../errors.ts'
import { VERSION } from '../version.generated.ts'
import { sha256InPage } from './sha256.ts'

export const browserHome: ResultHome = {
  version: VERSION,
  sha256: sha256InPage,
  async save() {
    throw new UsageError(
      'save: a browser cannot write folders. Call toParquet, toArrow, toCSV, toXLSX or report, and offer the bytes as a download',
    )
  },
}
