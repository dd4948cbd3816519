// Writes the scenario with some sliders moved, and keeps its comments.
import { parseDocument } from 'yaml'
import type { Lever } from './levers.ts'

/** The index of a lever and the position of its slider. */
export interface Setting {
  readonly lever: number
  readonly step: number
}

/** @param run the page's options, so that the command line gives the same figures */
export function changedScenario(
  text: string,
  levers: readonly Lever[],
  settings: readonly Setting[],
  run: Readonly<Record<string, unknown>>,
): string {
  const document = parseDocument(text)
  for (const { lever, step } of settings) {
    const { keys, steps } = levers[lever]
    const { written } = steps[step]
    // An offer of the catalog has no charges of its own until the plan overrides one.
    for (let k = 1; k < keys.length; k++)
      if (document.getIn(keys.slice(0, k)) === undefined) document.setIn(keys.slice(0, k), document.createNode({}))
    document.setIn(keys, document.createNode(written))
  }
  if (document.getIn(['run']) === undefined) document.setIn(['run'], document.createNode({}))
  for (const [key, value] of Object.entries(run)) document.setIn(['run', key], value)
  return document.toString({ lineWidth: 0 })
}
