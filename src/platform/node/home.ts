// Results in Node and Deno: their files are written as the command writes them.
import type { ResultHome } from '../../api/made.ts'
import { wantedFiles } from '../../api/wanted.ts'
import { VERSION } from '../version.generated.ts'
import { hasher, sha256 } from './hash.ts'
import { freeMemory } from './memory.ts'

export const nodeHome: ResultHome = {
  version: VERSION,
  sha256,
  free: () => freeMemory(),
  async saveAnswer(folder, kind, answer, { force = false, signal }) {
    const [{ intoFolder }, { writeFolder }] = await Promise.all([
      import('./results-folder.ts'),
      import('../../present/files/folder.ts'),
    ])
    await intoFolder(folder, { force, signal, label: folder, kind }, async ({ disk, hold }) => {
      const { files, manifest } = await answer()
      await writeFolder(disk, files, manifest, hasher, { signal, kind, held: hold.check })
    })
  },
  async save(finished, folder, options, seconds) {
    const [{ intoFolder }, { writeRun }] = await Promise.all([import('./results-folder.ts'), import('./output.ts')])
    const { force = false, signal } = options
    await intoFolder(folder, { force, signal, label: folder }, async (place) => {
      await writeRun(place, finished, wantedFiles(options), seconds, signal)
    })
  },
}
