// Most files run in the order of their size, which says little of the time they take: the longest would start last and run alone at the end.
import { BaseSequencer } from 'vitest/node'

const LONGEST = ['documentation', 'bundles', 'shared-folder'].map((name) => `/test/slow/${name}.test.ts`)

export class LongestFirst extends BaseSequencer {
  override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: (typeof files)[number]) => LONGEST.some((name) => moduleId.endsWith(name))
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}
