// The catalog of offers. The build reads the vendors from `data/vendors/`, one per file.
import type { CatalogEntry } from './entry.ts'
import { quotes, vendors } from './vendors.generated.ts'

export { quotes, vendors }

export const catalog: ReadonlyMap<string, CatalogEntry & { readonly vendor: string }> = new Map(
  vendors.flatMap(({ vendor, offers }) => Object.entries(offers).map(([name, entry]) => [name, { ...entry, vendor }] as const)),
)
