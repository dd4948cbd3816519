// The catalogue: a vendor is a file and a line here.
import type { Entry, Vendor } from './entry.ts'
import { gorgias } from './gorgias.ts'
import { intercom } from './intercom.ts'
import { ada, fini, freshworks, gladly, helpscout, hubspot, people, redo } from './others.ts'
import { salesforce } from './salesforce.ts'
import { zendesk } from './zendesk.ts'

export const vendors: readonly Vendor[] = [
  intercom,
  zendesk,
  gorgias,
  salesforce,
  ada,
  hubspot,
  freshworks,
  helpscout,
  gladly,
  redo,
  fini,
  people,
]

export const catalogue: ReadonlyMap<string, Entry & { readonly vendor: string }> = new Map(
  vendors.flatMap(({ vendor, offers }) => Object.entries(offers).map(([name, entry]) => [name, { ...entry, vendor }] as const)),
)
