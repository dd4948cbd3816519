// The scenarios of a batch: files by their patterns, and the folders that their results get.
import { basename, extname } from 'node:path'
import { glob } from 'tinyglobby'
import { shown, UsageError } from '../../errors.ts'

export interface PlanFile {
  /** Its folder: the file's name without what follows the last point. */
  readonly name: string
  readonly file: string
}

/** Names of the batch's own files, which no scenario may have. */
export const INDEX = ['index.json', 'index.csv', 'index.html'] as const

/** @throws UsageError where a pattern finds nothing, or two files would have the same folder */
export async function plansIn(patterns: readonly string[]): Promise<PlanFile[]> {
  const files = new Set<string>()
  for (const pattern of patterns) {
    const found = await glob(pattern, { onlyFiles: true, expandDirectories: false, dot: false })
    if (found.length === 0)
      throw new UsageError(`${shown(pattern)}: expected scenario files such as 'plans/*.yaml', there is none of that name`)
    // By code unit: the same order everywhere.
    for (const file of found.sort()) files.add(file)
  }
  const plans = [...files].map((file) => ({ name: basename(file, extname(file)), file }))
  const first = new Map<string, string>()
  for (const { name, file } of plans) {
    const other = first.get(name)
    if (other !== undefined) throw new UsageError(`${other} and ${file} would both be written to ${name}: rename one`)
    if (name.startsWith('.') || INDEX.some((own) => own === name))
      throw new UsageError(`${file}: expected a file whose results can have a folder ${name}: rename it`)
    first.set(name, file)
  }
  return plans
}
