// Joins the declarations of the package into a few files, with only what users can name. A compiler that checks the declarations of its
// libraries then reads neither the package's inner types nor those of the libraries behind them.
import { isAbsolute, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { dts } from 'rolldown-plugin-dts'

/** The platform of each set of declarations, and its entries. A browser's have no folders. */
const SETS = [
  {
    platform: 'platform/node/index',
    entries: { 'api/index': 'api/index', 'platform/queue/index': 'platform/queue/index' },
    shared: 'types/[name].d.ts',
  },
  { platform: 'platform/browser/index', entries: { 'api/browser': 'api/index' }, shared: 'types/browser-[name].d.ts' },
]

/** @param from the folder of the declarations of each source @param folder the package's dist/ */
export async function joinDeclarations(from, folder) {
  for (const { platform, entries, shared } of SETS) {
    const at = (module) => resolve(from, `${module}.d.ts`)
    const joined = await rolldown({
      input: Object.fromEntries(Object.entries(entries).map(([name, module]) => [name, at(module)])),
      external: (id) => id !== '#platform' && !id.startsWith('.') && !isAbsolute(id),
      plugins: [
        // Before the plugin of declarations, which takes those of an earlier build.
        { name: 'platform', resolveId: { order: 'pre', handler: (id) => (id === '#platform' ? at(platform) : undefined) } },
        dts({ dtsInput: true, tsconfig: false, oxc: true }),
      ],
      logLevel: 'warn',
      checks: { pluginTimings: false },
    })
    await joined.write({ dir: folder, format: 'esm', entryFileNames: '[name].d.ts', chunkFileNames: shared })
    await joined.close()
  }
}
