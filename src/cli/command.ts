// A command, as its file in commands/ defines it.
import type { FlagsOf, OptionGroup } from '../options/option.ts'

type Argument = readonly [name: string, help: string]
type ValueOf<Name extends string> = Name extends `${string}...${string}`
  ? readonly string[]
  : Name extends `[${string}]`
    ? string | undefined
    : string
type ValuesOf<A extends readonly Argument[]> = { readonly [K in keyof A]: ValueOf<A[K][0]> }

interface Definition<G extends OptionGroup, A extends readonly Argument[]> {
  /** In their order, such as `['<scenario>', 'a YAML file']`; `[name]` is optional and `<names...>` takes several. */
  readonly arguments?: A
  readonly options: G
  /** Text below the help. */
  readonly after?: string
  readonly run: (flags: FlagsOf<G>, ...given: ValuesOf<A>) => Promise<void> | void
}

export interface DefinedCommand {
  readonly arguments: readonly Argument[]
  readonly options: OptionGroup
  readonly after?: string
  /** Absent if the command only groups other commands. */
  readonly run?: (flags: object, given: readonly unknown[]) => Promise<void> | void
  readonly commands?: Readonly<Record<string, DefinedCommand & { readonly summary: string }>>
}

export const defineCommand = <const G extends OptionGroup, const A extends readonly Argument[] = []>({
  arguments: given,
  options,
  after,
  run,
}: Definition<G, A>): DefinedCommand => ({
  arguments: given ?? [],
  options,
  ...(after !== undefined && { after }),
  // commander passes as many arguments as are declared, and readFlags() reads the flags by the same options.
  run: (flags, all) => run(flags as FlagsOf<G>, ...(all as unknown as ValuesOf<A>)),
})

/** Arguments that several commands take. */
export const scenarioArgument = ['<scenario>', 'a YAML or JSON file, or - for standard input'] as const
export const historyArgument = ['<history>', 'a CSV file of past months or days'] as const
export const folderArgument = ['<folder>', 'a folder that billcast run --out wrote'] as const

/** The flags that are also options of a library function. */
export const chosen = <G extends OptionGroup>(flags: object, group: G): Omit<FlagsOf<G>, never> =>
  Object.fromEntries(
    Object.entries(flags).filter(([name]) => Object.hasOwn(group, name) && group[name].only !== 'command'),
  ) as unknown as FlagsOf<G>

/** The groups of commands in the help, in this order. */
export const GROUPS = {
  start: 'Start with a plan:',
  run: 'Run plans:',
  decide: 'Make a decision:',
  learn: 'Learn from past months:',
} as const

/** What each exit code says. */
export const EXIT_CODES: Readonly<Record<number, string>> = {
  0: 'success',
  1: 'failure',
  2: 'error in the scenario or usage',
  3: 'budget does not hold (--gate)',
  129: 'interrupted',
  130: 'interrupted',
  143: 'interrupted',
}
