// A command, as its file in commands/ defines it.
import type { FlagsOf, OptionGroup } from '../options/option.ts'

interface Definition<G extends OptionGroup, A extends readonly unknown[]> {
  /** By name, such as `<scenario>`: what each is. */
  readonly arguments?: Readonly<Record<string, string>>
  readonly options: G
  /** Stands below the help. */
  readonly after?: string
  readonly run: (flags: FlagsOf<G>, ...given: A) => Promise<void> | void
}

export interface DefinedCommand {
  readonly arguments: Readonly<Record<string, string>>
  readonly options: OptionGroup
  readonly after?: string
  /** Absent where it only has commands of its own. */
  readonly run?: (flags: object, given: readonly unknown[]) => Promise<void> | void
  readonly commands?: Readonly<Record<string, DefinedCommand & { readonly summary: string }>>
}

export const defineCommand = <const G extends OptionGroup, A extends readonly unknown[]>({
  arguments: given = {},
  options,
  after,
  run,
}: Definition<G, A>): DefinedCommand => ({
  arguments: given,
  options,
  ...(after !== undefined && { after }),
  // commander hands over as many arguments as are declared, and the flags are read by the same options.
  run: (flags, all) => run(flags as FlagsOf<G>, ...(all as unknown as A)),
})

/** Arguments that several commands have. */
export const scenarioArgument = { '<scenario>': 'a YAML or JSON file, or - for standard input' } as const
export const historyArgument = { '<history>': 'a CSV file of past months or days' } as const
