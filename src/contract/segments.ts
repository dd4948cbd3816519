// Names of segments: `us/chat` is in the group `us`. A name in `of` is that of a segment or of a group.

/** Whether a segment has this name or is in the group of this name. */
const isIn = (segment: string, name: string): boolean => segment === name || segment.startsWith(`${name}/`)

/** The names in `of`, as a list. */
export const listed = (of: string | readonly string[]): readonly string[] => (typeof of === 'string' ? [of] : of)

/** The places of the segments that `of` names; all of them if it is absent. */
export const membersOf = (of: string | readonly string[] | undefined, segments: readonly string[]): number[] =>
  [...segments.keys()].filter((s) => of === undefined || listed(of).some((name) => isIn(segments[s], name)))
