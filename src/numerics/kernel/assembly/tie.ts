/** Two costs tie when they differ by no more than this share of the larger. The library reads this number too. */
export const TIE = 1e-11
