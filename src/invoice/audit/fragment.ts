// The shares of an audit as a fragment of a plan, in YAML.
import { planNameOf } from '../../forecasting/history/segments.ts'
import type { Contract } from '../contract.ts'
import type { Audit, AuditedShares, SegmentForecast } from './audit.ts'
import type { CountedShare } from './shares.ts'

/** The shares as distributions in the offer's fields `counted` and `resolution.returns`, for the offer and for each segment. */
export function fragmentOf(
  { name, part, catalog }: Contract,
  { counted: { lag, ...shares }, returns }: Pick<Audit, 'counted' | 'returns'>,
  segments: readonly SegmentForecast[],
): string {
  const text = ({ value, of, alpha, beta }: CountedShare) =>
    of === 0 || value === 0 || value === 1 ? String(of === 0 ? 0 : value) : `"beta(${alpha}, ${beta})"`
  const range = ({ low, high }: CountedShare) => `${(100 * low).toFixed(2)}% to ${(100 * high).toFixed(2)}%`
  const comingBack = ({ share, lag: later }: Audit['returns']) => [
    'resolution:',
    `  returns: { share: ${text(share)}, lag: ${later}, to: people }      # share of resolutions whose customers came back: ${range(share)}`,
  ]
  const counted = ({ resolved, unresolved, reopened }: AuditedShares) => [
    'counted:',
    `  resolved: ${text(resolved)}      # counted share of resolutions: ${range(resolved)}`,
    `  unresolved: ${text(unresolved)}    # counted share of all other conversations: ${range(unresolved)}`,
    `  reopened: ${lag > 0 ? `{ share: ${text(reopened)}, lag: ${lag} }` : text(reopened)}      # credited share of those counted: ${range(reopened)}`,
  ]
  const indented = (lines: readonly string[], by: number) => lines.map((line) => ' '.repeat(by) + line)
  const body = [
    ...(catalog === undefined ? ['    # add the terms of the contract here'] : [`    catalog: ${catalog}`]),
    ...indented([...comingBack(returns), ...counted(shares)], 4),
    ...(segments.length > 1
      ? [
          '    segments:      # the plan needs `segments` of these names',
          ...segments.flatMap((own) => [
            `      ${planNameOf(own.name)}:`,
            ...indented([...comingBack(own.returns), ...counted(own.shares)], 8),
          ]),
        ]
      : []),
  ]
  const inPart = part === undefined ? body : ['    parts:', `      ${part}:`, ...indented(body, 4)]
  return ['offers:', `  ${name}:`, ...inPart, ''].join('\n')
}
