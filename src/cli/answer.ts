// The answer of a command about past data, which `--out` writes into a folder of its own kind.
import { resolve } from 'node:path'
import { MANIFEST_FORMAT } from '../api/manifest.ts'
import { jsonOf } from '../errors.ts'
import { hasher } from '../platform/node/hash.ts'
import { VERSION } from '../platform/version.generated.ts'
import type { Chart } from '../present/charts/chart.ts'
import { type FolderKind, type OutputFile, writeFolder } from '../present/files/folder.ts'
import { text } from '../present/files/write.ts'
import { intoResults, type ResultsFlags } from './out.ts'

interface Written<T> {
  readonly kind: FolderKind
  readonly signal?: AbortSignal | undefined
  /** What the manifest says besides the kind and the version. */
  readonly facts: (answer: T) => object
  readonly files: (answer: T) => Promise<OutputFile[]>
}

/** Answers a question, and writes the answer into the folder of `--out`, if there is one. */
export async function answerInto<T>(
  flags: ResultsFlags & { readonly out?: string },
  ask: () => Promise<T>,
  { kind, signal, facts, files }: Written<T>,
): Promise<T> {
  if (flags.out === undefined) return ask()
  return intoResults(resolve(flags.out), flags, { signal, kind }, async ({ disk, hold }) => {
    const answer = await ask()
    const manifest = { format: MANIFEST_FORMAT, kind, version: VERSION, ...facts(answer) }
    await writeFolder(disk, await files(answer), manifest, hasher, { signal, kind, held: hold.check })
    return answer
  })
}

export const jsonFile = (name: string, value: unknown): OutputFile => ({
  name,
  content: text(`${jsonOf(value, 2)}\n`),
})

/** A chart as a picture, and as a specification for other tools. */
export const chartFiles = async (name: string, chart: Chart): Promise<OutputFile[]> => [
  { name: `${name}.svg`, content: text(await chart.toSVG()) },
  jsonFile(`${name}.vl.json`, chart.spec),
]
