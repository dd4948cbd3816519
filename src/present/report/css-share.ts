/** A share of a width or height, as style sheets write it: "12.50%". */
export const cssShare = (share: number): string => `${(100 * share).toFixed(2)}%`
