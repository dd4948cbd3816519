// The catalog of offers. The build finds the vendors in `vendors/`, one per file.
import type { CatalogEntry, Vendor } from './entry.ts'
import { vendorFiles } from './vendors.generated.ts'

export const vendors: readonly Vendor[] = Object.values<Vendor>(vendorFiles).sort((a, b) => a.order - b.order)

export const catalog: ReadonlyMap<string, CatalogEntry & { readonly vendor: string }> = new Map(
  vendors.flatMap(({ vendor, offers }) => Object.entries(offers).map(([name, entry]) => [name, { ...entry, vendor }] as const)),
)
