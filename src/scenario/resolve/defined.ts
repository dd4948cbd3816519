// Absence has one form in what is resolved.

/** Without the keys that are undefined, so that absence has one form. */
export function defined<T extends object>(value: { readonly [Key in keyof T]: T[Key] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T
}
