import type { Vendor } from '../src/contract/catalog/entry.ts'

export function vendorOf(text: string, file: string): Vendor
export function writeVendors(): void
