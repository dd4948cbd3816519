// A question that an assistant asks, as a tool: its arguments by the registry of options, its answer as words and figures.
import { namedFile } from '../../notation/file-name.ts'
import { shown, UsageError } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import { formatNumber } from '../../notation/number.ts'
import { textKind } from '../../options/kinds.ts'
import { type OptionGroup, type OptionKind, type OptionsOf, option } from '../../options/option.ts'
import type { Watching } from '../../pace.ts'
import type { Reader } from '../../scenario/resolve/resolve.ts'
import type { Platform } from '../run.ts'

/** A number of an answer, with its unit and its standard error. */
export interface ToolFigure {
  readonly name: string
  readonly value: number
  /** 0 for an exact number, null if the sample gives none. */
  readonly se: number | null
  /** A currency, `share`, or what is counted. */
  readonly unit: string
  /** The number as a report shows it. */
  readonly text: string
}

export interface ToolAnswer {
  /** The answer in sentences. */
  readonly words: string
  readonly figures: readonly ToolFigure[]
  /** What the plan assumes, each with its name. */
  readonly assumptions: readonly string[]
  readonly notes: readonly string[]
  /** More of the answer as data. */
  readonly details?: object
}

/** What a tool may reach: the folder that the server was started for, and the work of one thread. */
export interface ToolSurroundings extends Omit<Platform, 'reader'> {
  /** A text file of the folder. */
  readonly text: (file: string) => Promise<string>
  /** The files that a plan names. @param file the plan's own file, if it has one */
  readonly reader: (file: string | undefined) => Reader
  readonly watching: Watching
}

interface Definition<G extends OptionGroup> {
  readonly title: string
  /** What it answers and when to ask it, for the assistant that chooses. */
  readonly help: string
  readonly options: G
  readonly answer: (given: OptionsOf<G>, around: ToolSurroundings) => Promise<ToolAnswer>
}

export interface Tool {
  readonly title: string
  readonly help: string
  readonly options: OptionGroup
  /** @param given arguments that fit the options */
  readonly answer: (given: object, around: ToolSurroundings) => Promise<ToolAnswer>
}

export const defineTool = <const G extends OptionGroup>({ answer, ...rest }: Definition<G>): Tool => ({
  ...rest,
  answer: (given, around) => answer(given as OptionsOf<G>, around),
})

const planKind: OptionKind<string | object> = {
  name: 'text or object',
  expected: 'a plan as YAML or JSON text, or as an object',
  accepts: (given) => typeof given === 'string' || (typeof given === 'object' && given !== null),
  schema: { type: ['string', 'object'] },
}

/** The plan that a question is about. */
export const planAsked = {
  plan: option(planKind, 'the plan; plan_guide shows how one is written'),
  file: option(textKind('<file>', 'the name of a file'), 'a plan in the folder of this server, in place of `plan`'),
} as const

export interface GivenPlan {
  readonly plan?: string | object | undefined
  readonly file?: string | undefined
}

export const offerPair: OptionKind<readonly [string, string]> = {
  name: 'two offers',
  expected: "two different offers such as ['fin', 'zendesk']",
  accepts: (given) => Array.isArray(given) && given.length === 2 && given.every((one) => typeof one === 'string'),
  schema: { type: 'array', minItems: 2, maxItems: 2, items: { type: 'string' } },
}

/** The plan and the reader of its files. @throws UsageError unless exactly one of `plan` and `file` is given */
export async function askedPlan(
  { plan, file }: GivenPlan,
  around: ToolSurroundings,
): Promise<{ readonly input: string | object; readonly reader: Reader }> {
  if ((plan === undefined) === (file === undefined))
    throw new UsageError(`plan: expected either plan or file, got ${plan === undefined ? 'neither' : 'both'}`)
  if (plan !== undefined) {
    // An assistant reads no files by itself: the other argument does.
    if (namedFile(plan, 'a plan') !== undefined)
      throw new UsageError(`plan: expected the text of a plan, got the name of a file, ${shown(plan)}. Pass it as file`)
    refuseLong(typeof plan === 'string' ? plan : JSON.stringify(plan), 'plan')
    return { input: plan, reader: around.reader(undefined) }
  }
  const name = file ?? ''
  return { input: await around.text(name), reader: around.reader(name) }
}

/** @throws UsageError for a text that is longer than a file may be */
export function refuseLong(text: string, name: string): void {
  const { length } = new TextEncoder().encode(text)
  if (length > LIMITS.fileBytes)
    throw new UsageError(`${name}: expected at most 1 MiB of text, got ${formatNumber(length)} bytes: ${shown(text)}`)
}
