import type { Model } from './model.ts'
import type { Node } from './graph.ts'

/** The resolutions of all segments by month, before any offer's own rate. Undefined unless every segment has a rate. */
export function sharedResolutions({
  program,
  graph,
  usage,
  conversations,
}: Pick<Model, 'program' | 'graph' | 'usage' | 'conversations'>): readonly Node[] | undefined {
  if (!program.sharedRate) return undefined
  const own = program.segments.map(({ rate = 0 }, s) => usage.handled.resolved(s, rate))
  return conversations.volume.map((_, m) => graph.add(...own.map((months) => months[m])))
}
