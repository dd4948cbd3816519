// An option is stated once: its kind, its help, its default. Flags of the command, types and checks of the library, and the tables of
// docs/options.md are made from that.

/** How a command reads a kind of value. */
export interface TextForm<T> {
  /** Stands behind the flag in the help: `<n>`. Absent for a switch. */
  readonly placeholder?: string
  /** Completes "expected …". */
  readonly expected: string
  /**
   * The value of a text, or of all texts where a flag may be repeated; undefined where it has none.
   * @throws UsageError where more can be said than what is expected
   */
  readonly read: (text: string, flag: string) => T | undefined
  readonly readAll?: (texts: readonly string[], flag: string) => T
}

/** What values an option takes. */
export interface OptionKind<T> {
  /** For the docs: `whole number`. */
  readonly name: string
  /** Completes "expected …" for the value of a program. */
  readonly expected: string
  readonly accepts: (value: unknown) => boolean
  /** Absent where only a program can give such a value. */
  readonly text?: TextForm<T>
  /** The options of an option that is an object. */
  readonly fields?: OptionGroup
  /** Which flags a switch has: `--name`, `--no-name` or both. */
  readonly switches?: 'on' | 'off' | 'both'
  /** Never set: carries the type of the values. */
  readonly type?: T
}

export interface Option<T = unknown, Required extends boolean = boolean, Only extends Side | undefined = Side | undefined> {
  readonly kind: OptionKind<T>
  /** One line of the command's help. */
  readonly help: string
  /** The same of `--no-name`, where a switch has both. */
  readonly helpOff?: string
  /** As people read it. */
  readonly default?: string
  readonly required: Required
  /** The side that has it, where the other does not. */
  readonly only: Only
}

export type Side = 'command' | 'program'

/** Options by their names in the library. The flag is the name with hyphens. */
export type OptionGroup = Readonly<Record<string, Option>>

type ValueOf<O> = O extends Option<infer T> ? T : never
type ProgramKeys<G extends OptionGroup> = { [K in keyof G]: G[K]['only'] extends 'command' ? never : K }[keyof G]
type RequiredKeys<G extends OptionGroup> = { [K in keyof G]: G[K]['required'] extends true ? K : never }[keyof G]

/** The type of a library's options. */
export type OptionsOf<G extends OptionGroup> = {
  readonly [K in Extract<RequiredKeys<G>, ProgramKeys<G>>]: ValueOf<G[K]>
} & {
  readonly [K in Exclude<ProgramKeys<G>, RequiredKeys<G>>]?: ValueOf<G[K]>
}

/** The type of the values that a command reads from its flags. */
export type FlagsOf<G extends OptionGroup> = {
  readonly [K in keyof G as G[K]['only'] extends 'program' ? never : K]?: ValueOf<G[K]>
}

interface Words {
  readonly helpOff?: string
  readonly default?: string
}

export const option = <T>(kind: OptionKind<T>, help: string, words: Words = {}): Option<T, false, undefined> => ({
  kind,
  help,
  ...words,
  required: false,
  only: undefined,
})

/** A program has to state it; a command may know better, or says itself what it misses. */
export const required = <T>(kind: OptionKind<T>, help: string, words: Words = {}): Option<T, true, undefined> => ({
  kind,
  help,
  ...words,
  required: true,
  only: undefined,
})

export const flagOnly = <T>(kind: OptionKind<T>, help: string, words: Words = {}): Option<T, false, 'command'> => ({
  kind,
  help,
  ...words,
  required: false,
  only: 'command',
})

export const programOnly = <T>(kind: OptionKind<T>, help: string, words: Words = {}): Option<T, false, 'program'> => ({
  kind,
  help,
  ...words,
  required: false,
  only: 'program',
})

/** `checkpointEvery` is `--checkpoint-every`. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
