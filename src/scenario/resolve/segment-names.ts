// Checks the names of segments, and the places that refer to them.
import { listed, membersOf } from '../../contract/segments.ts'
import { NAME, NAMED } from '../../contract/name.ts'
import { contractsIn, type ResolvedOffer } from '../../contract/offer.ts'
import { type Problem, pathText, shown } from '../../errors.ts'
import { LIMITS } from '../../limits.ts'
import { nearest } from '../../notation/near.ts'
import { RESERVED } from '../offer-names.ts'
import type { ResolvedScenario } from '../resolved.ts'
import { repeatedNames } from '../table-columns.ts'

const LEVELS = 4

export function checkSegmentNames(names: readonly string[], problems: Problem[]): void {
  const say = (name: string, message: string) =>
    problems.push({ path: pathText(['segments', name]), message: `expected ${message}` })
  if (names.length === 0) problems.push({ path: 'segments', message: 'expected at least one segment, got none' })
  if (names.length > LIMITS.segments)
    problems.push({ path: 'segments', message: `expected at most ${LIMITS.segments} segments, got ${names.length}` })
  const repeated = repeatedNames(names)
  names.forEach((name, k) => {
    const parts = name.split('/')
    const inside = names.find((other) => other.startsWith(`${name}/`))
    if (parts.length > LEVELS) say(name, `at most ${LEVELS} levels, such as us/retail/chat, got ${parts.length}`)
    else if (parts.some((part) => RESERVED.has(part)))
      say(name, `another name: ${shown(name)} has a part that is reserved by JavaScript`)
    else if (!parts.every((part) => NAME.test(part)))
      say(name, `${NAMED}, or several of them with slashes, such as us/chat, got ${shown(name)}`)
    else if (repeated.has(k)) say(name, `names that differ not only in case, got ${shown(name)} and ${shown(repeated.get(k))}`)
    else if (inside !== undefined)
      say(name, `either a segment or a group, got ${shown(name)} beside ${shown(inside)}, which is inside it`)
  })
}

/** Checks `of` and `segments` of an offer and of its charges. */
export function checkSegmentUse({ segments, offers }: ResolvedScenario, problems: Problem[]): void {
  const names = (segments ?? []).map(({ name }) => name)
  for (const { parts, of, name } of offers) if (parts) checkOf(of, names, ['offers', name, 'of'], problems)
  for (const offer of offers.flatMap(contractsIn)) {
    const known = checkOf(offer.of, names, ['offers', offer.name, 'of'], problems)
    offer.charges.forEach((charge, k) => {
      const path = ['offers', offer.name, 'charges', k, 'of']
      if (!checkOf(charge.of, names, path, problems) || !known || charge.of === undefined) return
      const served = membersOf(offer.of, names)
      const beyond = membersOf(charge.of, names).find((s) => !served.includes(s))
      if (beyond === undefined) return
      const message = `expected segments of the offer (${served.map((s) => names[s]).join(', ')}), got ${shown(names[beyond])}`
      problems.push({ path: pathText(path), message })
    })
    checkOwn(offer, names, problems)
  }
}

/** Returns whether all names are known. */
function checkOf(
  of: string | readonly string[] | undefined,
  names: readonly string[],
  path: readonly PropertyKey[],
  problems: Problem[],
): boolean {
  if (of === undefined) return true
  const unknown = listed(of).find((name) => membersOf(name, names).length === 0)
  if (unknown === undefined) return true
  problems.push({ path: pathText(path), message: `expected ${wantedSegment(unknown, names)}` })
  return false
}

/** The rest of a message that starts with "expected". @param where the place of the name, after a space */
export function wantedSegment(name: string, names: readonly string[], where = ''): string {
  if (names.length === 0) return `no segment, since the plan has none: state \`segments\` first, got ${shown(name)}`
  const groups = new Set(
    names.flatMap((own) =>
      own
        .split('/')
        .slice(0, -1)
        .map((_, k, all) => all.slice(0, k + 1).join('/')),
    ),
  )
  const near = nearest(name, [...names, ...groups])
  const hint = near === undefined ? '' : `, did you mean ${shown(near)}?`
  const more = names.length > NAMED_AT_MOST ? ' …' : ''
  return `the name of a segment (${names.slice(0, NAMED_AT_MOST).join(', ')}${more})${where}, got ${shown(name)}${hint}`
}

const NAMED_AT_MOST = 12

function checkOwn(offer: ResolvedOffer, names: readonly string[], problems: Problem[]): void {
  const served = membersOf(offer.of, names)
  for (const { name } of offer.segments ?? []) {
    const place = names.indexOf(name)
    const path = pathText(['offers', offer.name, 'segments', name])
    if (place < 0) problems.push({ path, message: `expected ${wantedSegment(name, names)}` })
    else if (!served.includes(place))
      problems.push({
        path,
        message: `expected a segment of the offer (${served.map((s) => names[s]).join(', ')}), got ${shown(name)}`,
      })
  }
}
