import type { Vendor, VendorQuote } from '../src/contract/catalog/entry.ts'

/** A file of a vendor: offers, what it sells by quote, or both. */
export function vendorOf(
  text: string,
  file: string,
): Pick<Vendor, 'vendor' | 'order'> & {
  readonly offers?: Vendor['offers']
  readonly quote?: Omit<VendorQuote, 'vendor' | 'order'>
}
export function writeVendors(): void
