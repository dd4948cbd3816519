// Results in a browser, which has no folders: programs take the bytes of each file instead.
import type { Home } from '../../api/result.ts'
import { UsageError } from '../../errors.ts'
import { VERSION } from '../version.generated.ts'
import { sha256 } from './sha256.ts'

export const home: Home = {
  version: VERSION,
  sha256,
  async save() {
    throw new UsageError(
      'save: a browser cannot write folders. Call toParquet, toArrow, toCSV, toXLSX or report, and offer the bytes as a download',
    )
  },
}
