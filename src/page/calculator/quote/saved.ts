// Writes a changed quote back into its offer. What the questions do not show stays as it is, and so does the notation of what did not change.
import { type Document, isAlias, isMap, type Node, parseDocument, visit } from 'yaml'
import type { Fields } from '../../../notation/fields.ts'
import { changedPlan, type FieldChange } from '../plan.ts'
import { quotedCharges, minimumOf, quantitiesOf, type Quote, type QuoteCharges, type Role, ROLES } from './offer.ts'
import type { ReopenedQuote } from './reopen.ts'

/** Keys and their values, of which undefined removes a key. */
type Change = Readonly<Record<string, unknown>>

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What changes in an object, key by key. */
function changeOf(before: object, after: object): Change {
  const [old, own] = [before as Change, after as Change]
  const keys = [...new Set([...Object.keys(old), ...Object.keys(own)])]
  return Object.fromEntries(keys.filter((key) => !isSame(old[key], own[key])).map((key) => [key, own[key]]))
}

const applied = (fields: object, change: Change): Fields =>
  Object.fromEntries(Object.entries({ ...fields, ...change }).filter(([, value]) => value !== undefined))

/** Changes of the offer beside its charges. */
function termChanges(before: Quote, after: Quote, offer: Fields): readonly (readonly [path: readonly string[], value: unknown])[] {
  const [was, now] = [minimumOf(before), minimumOf(after)]
  const quantities = Object.entries(changeOf(quantitiesOf(before), quantitiesOf(after)))
  return [
    ...(before.vendor === after.vendor ? [] : [[['title'], after.vendor] as const]),
    ...(was === now ? [] : [[['minimum'], now] as const]),
    // Nothing is paid upfront without a minimum.
    ...(now === undefined && was !== undefined && offer.paid !== undefined ? [[['paid'], undefined] as const] : []),
    ...quantities.map(([meter, each]) => [['quantities', meter], each] as const),
  ]
}

interface ChargeChange {
  readonly role: Role
  /** Only the keys that change, of which undefined removes one. */
  readonly change: Change
  readonly before: object
  readonly after: object
}

interface ChargeChanges {
  readonly changed: readonly ChargeChange[]
  readonly added: readonly object[]
  readonly removed: readonly Role[]
}

function chargeChanges(before: QuoteCharges, after: QuoteCharges): ChargeChanges {
  const changed = ROLES.flatMap((role) => {
    const [was, now] = [before[role], after[role]]
    return was && now && !isSame(was, now) ? [{ role, change: changeOf(was, now), before: was, after: now }] : []
  })
  return {
    changed,
    added: ROLES.flatMap((role) => (before[role] ? [] : (after[role] ?? []))),
    removed: ROLES.filter((role) => before[role] && !after[role]),
  }
}

/** The charges as a list, in which those of the questions have changed. */
function changedCharges(charges: readonly Fields[], places: ReopenedQuote['places'], changes: ChargeChanges): readonly object[] {
  const at = (place: number) => ROLES.find((role) => places[role] === place)
  const kept = charges.flatMap((charge, k) => {
    const role = at(k)
    if (role && changes.removed.includes(role)) return []
    const change = changes.changed.find((own) => own.role === role)?.change
    return [change ? applied(charge, change) : charge]
  })
  return [...kept, ...changes.added]
}

/** Changes of charges that stand in the plan itself, from the last to the first, so that places stay right. */
function ownChanges(charges: readonly Fields[], places: ReopenedQuote['places'], changes: ChargeChanges): readonly FieldChange[] {
  const { changed, added, removed } = changes
  const gone = removed.flatMap((role) => places[role] ?? []).sort((a, b) => b - a)
  return [
    ...changed.flatMap(({ role, change }) =>
      Object.entries(change).map(([key, value]): FieldChange => [['charges', places[role] ?? 0, key], value]),
    ),
    ...added.map((charge, k): FieldChange => [['charges', charges.length + k], charge]),
    ...gone.map((place): FieldChange => [['charges', place], undefined]),
  ]
}

/** Whether a catalog's charge can be changed by its id: merging removes no key, and a list removes no charge. */
const isMerged = (
  { changed, removed }: ChargeChanges,
  stated: unknown,
  charges: readonly Fields[],
  { places }: ReopenedQuote,
): boolean =>
  removed.length === 0 &&
  Object.values(stated ?? {}).every((own) => own !== null) &&
  changed.every(
    ({ role, change }) =>
      typeof charges[places[role] ?? 0]?.id === 'string' && Object.values(change).every((value) => value !== undefined),
  )

/** The changes that a plan states beside a catalog offer, as a list. */
function catalogCharges(
  stated: unknown,
  charges: readonly Fields[],
  { places }: ReopenedQuote,
  changes: ChargeChanges,
): readonly object[] {
  const before: readonly Fields[] = Array.isArray(stated)
    ? stated
    : Object.entries((stated ?? {}) as Record<string, Fields>).map(([id, change]) => ({ id, ...change }))
  const own = changes.changed.map(({ role, change, before: was, after }) => ({
    id: charges[places[role] ?? 0].id,
    // A charge of another kind takes nothing over.
    ...(Object.keys(after).every((key) => Object.hasOwn(was, key)) ? change : after),
  }))
  const merged = before.map((charge) => ({ ...charge, ...own.find(({ id }) => id === charge.id) }))
  const more = own.filter(({ id }) => before.every((charge) => charge.id !== id))
  return [...merged, ...more, ...changes.added]
}

/** The names that other parts of the text share with an offer cannot be changed alone. */
function isShared(node: Node | undefined): boolean {
  let found = false
  if (node)
    visit(node, (_, inner) => {
      if (isAlias(inner) || (inner && typeof inner === 'object' && 'anchor' in inner && inner.anchor)) found = true
      return found ? visit.BREAK : undefined
    })
  return found
}

const offerNode = (document: Document, name: string): Node | undefined => document.getIn(['offers', name], true) as Node | undefined

/** Whether the lines of an offer are its own, and not also those of another one. */
export function hasOwnLines(plan: string, name: string): boolean {
  const node = offerNode(parseDocument(plan), name)
  return isMap(node) && !isShared(node)
}

/** The line at which an offer begins. */
export function lineOfOffer(plan: string, name: string): number | undefined {
  const offers = parseDocument(plan).get('offers', true)
  const pair = isMap(offers) ? offers.items.find(({ key }) => String(key) === name) : undefined
  const range = (pair?.key as Node | undefined)?.range
  return range ? plan.slice(0, range[0]).split('\n').length : undefined
}

/** The plan with the changed quote. A quote that did not change gives the same text. */
export function savedQuote(plan: string, name: string, reopened: ReopenedQuote, after: Quote): string {
  const { quote: before, offer, places } = reopened
  if (isSame(before, after)) return plan
  const at = (...path: readonly (string | number)[]) => ['offers', name, ...path]
  const terms = termChanges(before, after, offer).map(([path, value]): FieldChange => [at(...path), value])
  const charges = offer.charges as readonly Fields[]
  const changes = chargeChanges(quotedCharges(before), quotedCharges(after))
  const document = parseDocument(plan)
  const stated = (offerNode(document, name)?.toJS(document) ?? {}) as Fields
  if (changes.changed.length + changes.added.length + changes.removed.length === 0) return changedPlan(plan, terms)
  if (stated.catalog === undefined)
    return changedPlan(plan, [
      ...terms,
      ...ownChanges(charges, places, changes).map(([path, value]): FieldChange => [at(...path), value]),
    ])
  if (isMerged(changes, stated.charges, charges, reopened))
    return changedPlan(plan, [...terms, [at('charges'), catalogCharges(stated.charges, charges, reopened, changes)]])
  // Other keys than those of the catalog: the offer is written out, and says where it comes from.
  const { catalog: _, ...kept }: Fields = { source: `Catalog, ${String(offer.title)}, changed`, ...offer, ...stated }
  const whole = { ...kept, charges: changedCharges(charges, places, changes) }
  return changedPlan(plan, [[at(), whole], ...terms])
}
