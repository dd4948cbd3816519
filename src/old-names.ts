// Names of the release before. Options, flags, statistics and results accept them for one release, with one warning.

/** Each old name with the name that replaced it. A level may follow either: `shortfall95` is now `expectedShortfall95`. */
export const NEW_NAMES = {
  bridge: 'diff',
  minimise: 'minimize',
  regretshortfall: 'regretExpectedShortfall',
  shortfall: 'expectedShortfall',
} as const

type OldNames = { readonly [Old in keyof typeof NEW_NAMES as (typeof NEW_NAMES)[Old]]: Old }

/** An object that also has the old names of its keys. */
export type WithOldNames<T> = T & { readonly [K in keyof T as K extends keyof OldNames ? OldNames[K] : never]: T[K] }

let warn: ((words: string) => void) | undefined = (words) => console.warn(words)

/** Prints the next warning another way than by `console.warn`. */
export function warnOfOldNames(how: (words: string) => void): void {
  warn = how
}

/** The name to use in place of a name that may be old. The first old name warns. */
export function currentName(name: string): string {
  const [, stem, level] = /^([a-z]+?)((?:at)?p?[\d.]*)$/.exec(name) ?? []
  if (stem === undefined || !Object.hasOwn(NEW_NAMES, stem)) return name
  const current = `${NEW_NAMES[stem as keyof typeof NEW_NAMES]}${level}`
  warn?.(`"${name}" is now "${current}". The next release no longer accepts old names. CHANGELOG.md lists them.`)
  warn = undefined
  return current
}

/** The options with current names. Values that are no options are returned as they are, for the check to refuse. */
export const withNewNames = <T>(options: T): T =>
  typeof options === 'object' && options !== null && !Array.isArray(options)
    ? (Object.fromEntries(Object.entries(options).map(([name, value]) => [currentName(name), value])) as T)
    : options

/** Adds getters under the old names of an object's keys. They are not enumerable: files and lists of keys have the new names only. */
export function withOldNames<T extends object>(object: T): WithOldNames<T> {
  for (const [key, value] of Object.entries(object)) {
    const [, stem, level] = /^([A-Za-z]+?)(\d*)$/.exec(key) ?? []
    const old = Object.entries(NEW_NAMES).find(([, current]) => current === stem)?.[0]
    if (old === undefined) continue
    const get = () => {
      currentName(`${old}${level}`)
      return value
    }
    Object.defineProperty(object, `${old}${level}`, { get, configurable: true })
  }
  return object as WithOldNames<T>
}
