// Results in a browser, which has no folders: programs take the bytes of each file instead.
import type { ResultHome } from '../../api/made.ts'
import { UsageError } from '../../errors.ts'
import { VERSION } from '../version.generated.ts'
import { sha256InPage } from './sha256.ts'

const NO_FOLDERS = 'a browser cannot write folders'

/** Also that of a helper, which answers calls itself. */
export const browserHome: ResultHome = {
  version: VERSION,
  sha256: sha256InPage,
  saveAnswer: () => Promise.reject(new UsageError(`save: ${NO_FOLDERS}. An answer is plain data: offer its JSON as a download`)),
  async save() {
    throw new UsageError(`save: ${NO_FOLDERS}. Call toParquet, toArrow, toCSV, toXLSX or report, and offer the bytes as a download`)
  },
}
