// Each option is defined once: its kind, help and default. The command's flags, the library's types and checks, and the tables of
// docs/options.md all follow from that definition.

/** How a command reads a value from text. */
export interface TextForm<T> {
  /** Follows the flag in the help, such as `<n>`. A switch has none. */
  readonly placeholder?: string
  /** Completes "expected …". */
  readonly expected: string
  /**
   * Returns undefined if the text is not such a value.
   * @throws UsageError if the error can say more than `expected`
   */
  readonly read: (text: string, flag: string) => T | undefined
  /** For a flag that may be repeated. */
  readonly readAll?: (texts: readonly string[], flag: string) => T
}

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** The values that an option takes. */
export interface OptionKind<T> {
  /** The name in the docs, such as `whole number`. */
  readonly name: string
  /** Completes "expected …" in a program's error. */
  readonly expected: string
  readonly accepts: (value: unknown) => boolean
  /** Its JSON Schema, without a description. Absent if any JSON value may be right, or if no JSON value can be. */
  readonly schema?: JsonSchema
  /** Absent if only a program can pass such a value. */
  readonly text?: TextForm<T>
  /** The fields of an option that is an object. */
  readonly fields?: OptionGroup
  /** Set if the value is a function that the library calls. */
  readonly calls?: true
  /** The flags of a switch: `--name`, `--no-name` or both. */
  readonly switches?: 'on' | 'off' | 'both'
  /** Never set. It carries the type of the values. */
  readonly type?: T
}

export interface Option<T = unknown, Required extends boolean = boolean, Only extends Side | undefined = Side | undefined> {
  readonly kind: OptionKind<T>
  /** One line in the command's help. */
  readonly help: string
  /** The help of `--no-name`, if a switch has both flags. */
  readonly helpOff?: string
  /** As the docs show it. */
  readonly default?: string
  readonly required: Required
  /** Set if only one side has the option. */
  readonly only: Only
}

export type Side = 'command' | 'program'

/** Options by their names in the library. */
export type OptionGroup = Readonly<Record<string, Option>>

type ValueOf<O> = O extends Option<infer T> ? T : never
type ProgramKeys<G extends OptionGroup> = { [K in keyof G]: G[K]['only'] extends 'command' ? never : K }[keyof G]
type RequiredKeys<G extends OptionGroup> = { [K in keyof G]: G[K]['required'] extends true ? K : never }[keyof G]

/** The type of the options that a function takes. */
export type OptionsOf<G extends OptionGroup> = {
  readonly [K in Extract<RequiredKeys<G>, ProgramKeys<G>>]: ValueOf<G[K]>
} & {
  readonly [K in Exclude<ProgramKeys<G>, RequiredKeys<G>>]?: ValueOf<G[K]>
}

/** The type of the values that a command reads from its flags. */
export type FlagsOf<G extends OptionGroup> = {
  readonly [K in keyof G as G[K]['only'] extends 'program' ? never : K]?: ValueOf<G[K]>
}

/** The option's default, or more. */
type Words = { readonly helpOff?: string; readonly default?: string }

const define =
  <R extends boolean, O extends Side | undefined>(required: R, only: O) =>
  <T>(kind: OptionKind<T>, help: string, words: string | Words = {}): Option<T, R, O> => ({
    ...{ kind, help, required, only },
    ...(typeof words === 'string' ? { default: words } : words),
  })

export const option = define(false, undefined)
/** A program must pass it. A command may have a default, or reports the missing flag itself. */
export const required = define(true, undefined)
export const flagOnly = define(false, 'command')
export const programOnly = define(false, 'program')
/** The options that are functions of the user. */
export const callbacksOf = (group: OptionGroup): string[] => Object.keys(group).filter((name) => group[name].kind.calls)
/** `checkpointEvery` is `--checkpoint-every`. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
