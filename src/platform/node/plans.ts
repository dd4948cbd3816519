// The scenarios of a batch: files that match patterns, and the folders of their results.
import { basename, extname } from 'node:path'
import { glob } from 'tinyglobby'
import { shown, UsageError } from '../../errors.ts'

export interface PlanFile {
  /** The name of its folder: the file's name without the ending. */
  readonly name: string
  readonly file: string
}

/** The batch's own files. No scenario's folder may have these names. */
export const INDEX = ['index.json', 'index.csv', 'index.html'] as const

/** @throws UsageError if a pattern matches nothing, or two files would share a folder */
export async function plansIn(patterns: readonly string[]): Promise<PlanFile[]> {
  const files = new Set<string>()
  for (const pattern of patterns) {
    const found = await glob(pattern, { onlyFiles: true, expandDirectories: false, dot: false })
    if (found.length === 0)
      throw new UsageError(`${shown(pattern)}: expected scenario files such as 'plans/*.yaml', but nothing matches`)
    // sort() compares code units, so the order is the same on every machine.
    for (const file of found.sort()) files.add(file)
  }
  const plans = [...files].map((file) => ({ name: basename(file, extname(file)), file }))
  const first = new Map<string, string>()
  for (const { name, file } of plans) {
    const other = first.get(name)
    if (other !== undefined)
      throw new UsageError(`${other} and ${file} would both be written to the folder ${name}. Rename one of them`)
    if (name.startsWith('.') || INDEX.some((own) => own === name))
      throw new UsageError(`${file}: the folder of its results cannot be called ${name}. Rename the file`)
    first.set(name, file)
  }
  return plans
}
