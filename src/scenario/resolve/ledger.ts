// The ledger that a plan states: names of layers and segments are known, and shares of cost centers add up.
import { CHARGE_LAYERS } from '../../contract/operation.ts'
import { membersOf } from '../../contract/segments.ts'
import { type Problem, pathText, shown } from '../../errors.ts'
import { formatShare } from '../../notation/money.ts'
import type { ResolvedLedger } from '../resolved.ts'
import type { RawScenario } from '../schema.ts'
import { defined } from './defined.ts'

/** Credits are expensed when they are due. */
const EXPENSED: readonly string[] = CHARGE_LAYERS
const BOOKED = [...EXPENSED, 'credits', 'people', 'running', 'deferred']

/** Rounding of shares such as 33.3%, 33.3% and 33.4%. */
const SLACK = 0.001

type RawLedger = NonNullable<RawScenario['ledger']>

export function ledgerIn(
  { accounts = {}, costCenters, amortize = {}, upfront, budget }: RawLedger,
  segments: readonly string[],
  problems: Problem[],
): ResolvedLedger {
  const checkLayers = (key: string, layers: readonly string[], known: readonly string[]) => {
    for (const layer of layers)
      if (!known.includes(layer))
        problems.push({
          path: pathText(['ledger', key, layer]),
          message: `expected one of the layers ${known.join(', ')}, got ${shown(layer)}`,
        })
  }
  checkLayers('accounts', Object.keys(accounts), BOOKED)
  checkLayers('amortize', Object.keys(amortize), EXPENSED)
  const centers = Object.entries(costCenters ?? {})
  const shares = centers.filter((one): one is [string, number] => typeof one[1] === 'number')
  return defined<ResolvedLedger>({
    accounts,
    amortize,
    prepaid: upfront === 'period',
    confidence: budget,
    ...(shares.length > 0
      ? { shares: sharesIn(shares, centers.length, problems), bySegment: {} }
      : { shares: [], bySegment: segmentCenters(centers as [string, string][], segments, problems) }),
  })
}

function sharesIn(shares: readonly (readonly [string, number])[], all: number, problems: Problem[]): ResolvedLedger['shares'] {
  const say = (message: string) => problems.push({ path: 'ledger.costCenters', message })
  const sum = shares.reduce((total, [, share]) => total + share, 0)
  if (shares.length < all)
    say(
      'expected cost centers by segment, such as { chat: CX-210 }, or their shares, such as { CX-210: 60%, CX-230: 40% }, got both. Use one of the two',
    )
  else if (Math.abs(sum - 1) > SLACK)
    say(`expected shares that add up to 100%, such as { CX-210: 60%, CX-230: 40% }, got ${formatShare(sum)}. Change one of them`)
  return shares.filter(([, share]) => share > 0).map(([costCenter, share]) => ({ costCenter, share: share / sum }))
}

/** The cost center of each segment. That of a segment takes the place of that of its group. */
function segmentCenters(
  centers: readonly (readonly [string, string])[],
  segments: readonly string[],
  problems: Problem[],
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const [name, costCenter] of [...centers].sort(([a], [b]) => a.split('/').length - b.split('/').length)) {
    const members = membersOf(name, segments)
    for (const s of members) found[segments[s]] = costCenter
    if (members.length > 0) continue
    const expected =
      segments.length > 0
        ? `one of the segments ${segments.join(', ')}`
        : 'shares such as { CX-210: 60%, CX-230: 40% }, since this plan has no segments'
    problems.push({ path: pathText(['ledger', 'costCenters', name]), message: `expected ${expected}, got ${shown(name)}` })
  }
  return found
}
