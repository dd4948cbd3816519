// The names of columns in tables: those that tables have of their own, and names of a plan, which become columns beside them.

/** The columns that billcast's tables have of their own beside columns that a plan names. No offer may have such a name. */
export const OWN_COLUMNS = ['trial', 'month', 'offer', 'measure', 'layer'] as const
export type OwnColumn = (typeof OWN_COLUMNS)[number]

/** The form in which names are compared: databases such as DuckDB ignore case in the names of columns. */
const compared = (name: string): string => name.toLowerCase()

/** The tables' own column that a name would hide, if there is one. */
export const ownColumn = (name: string): OwnColumn | undefined => OWN_COLUMNS.find((own) => own === compared(name))

/** The first of the names that equals each later one apart from case, by the later one's place. */
export function repeatedNames(names: readonly string[]): ReadonlyMap<number, string> {
  const first = new Map<string, string>()
  const found = new Map<number, string>()
  names.forEach((name, k) => {
    const earlier = first.get(compared(name))
    if (earlier === undefined) first.set(compared(name), name)
    else found.set(k, earlier)
  })
  return found
}

/** The name with the first number from 2 on that makes it unlike all others: `fin-2`. */
export function freeName(name: string, others: readonly string[]): string {
  const taken = new Set(others.map(compared))
  for (let k = 2; ; k++) if (!taken.has(compared(`${name}-${k}`))) return `${name}-${k}`
}

/**
 * Checks the columns of a table, and returns them.
 * @throws Error if two names are equal apart from case. The names of a plan are checked when it is read.
 */
export function distinctColumns<C extends { readonly name: string }>(table: string, columns: readonly C[]): readonly C[] {
  const [repeated] = repeatedNames(columns.map(({ name }) => name)).keys()
  if (repeated === undefined) return columns
  throw new Error(`the table ${table} would have two columns named ${columns[repeated].name}`)
}
