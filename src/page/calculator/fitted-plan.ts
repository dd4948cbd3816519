// Puts the drivers that were fitted to a history into a plan.
import { isMap, isSeq, parseDocument, type Node, type YAMLMap } from 'yaml'

/** The inputs that a correlation of the plan joins. */
const joinedBy = (pair: unknown): readonly string[] => {
  const between = isMap(pair) ? pair.get('between') : undefined
  return isSeq(between) ? between.items.map(String) : []
}

/**
 * Replaces the volume, and the rate if the history has one. All else in the plan stays, except for correlations with what was replaced.
 * @param fitted a plan with the fitted drivers, whose comments come along
 */
export function withFittedDrivers(text: string, fitted: string): string {
  const [document, drivers] = [parseDocument(text), parseDocument(fitted)]
  if (document.errors.length > 0 || !isMap(document.contents) || !isMap(drivers.contents)) return text
  const plan = document.contents as YAMLMap<unknown, Node>
  const node = (key: string) => drivers.get(key, true) as Node | undefined
  for (const key of ['segments', 'conversations', 'resolution', 'start']) {
    const value = node(key)
    if (value) plan.set(key, value)
  }
  // A plan states its volume as a whole or by segments.
  if (node('segments')) plan.delete('conversations')
  else plan.delete('segments')
  const replaced = ['conversations.', ...(node('resolution') ? ['resolution.'] : []), 'segments.']
  const earlier = document.get('correlations')
  const kept = isSeq(earlier)
    ? earlier.items.filter((pair) => !joinedBy(pair).some((input) => replaced.some((start) => input.startsWith(start))))
    : []
  const found = node('correlations')
  const pairs = [...kept, ...(isSeq(found) ? found.items : [])]
  if (pairs.length > 0) document.set('correlations', document.createNode(pairs))
  else plan.delete('correlations')
  return document.toString({ lineWidth: 0 })
}
