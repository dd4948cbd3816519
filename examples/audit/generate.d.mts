export interface Truth {
  readonly seed: number
  readonly conversations: number
  readonly involved: number
  readonly escalated: number
  readonly confirmed: number
  readonly gaveUp: number
  readonly reopened: number
  readonly price: number
  readonly credited: number
  readonly faults: Readonly<Record<string, number>>
}
type Row = Readonly<Record<string, string | number | boolean | undefined>>
export const TRUTH: Truth
export function generate(truth?: Truth): {
  readonly conversations: readonly Row[]
  readonly billed: readonly Row[]
  readonly planted: Readonly<Record<string, readonly string[]>>
  readonly truth: Truth
}
