// The options of a run that answers while a number still moves.
export const QUICK = { trials: 4_096, preintegration: false, pairs: 'none', monthly: false } as const
