// Numbers of the operations in a list that the kernel runs. The library writes them, and list.ts reads them.
export const FILL = 0
export const AFFINE = 1
export const ADD = 2
export const ADD_SCALED = 3
export const SCALE = 4
export const TABULATED = 5
export const AUTOREGRESS = 6
export const GROWTHS = 7
export const RATES = 8
export const RESOLVED = 9
export const MULTIPLY = 10
export const DIVIDE = 11
export const LESSER = 12
export const GREATER = 13
export const CLAMP = 14
export const EXCESS = 15
export const EXCEEDS = 16
export const ABOVE = 17
export const PACKAGES = 18
export const EXPONENTIAL = 19
export const LOGARITHM_1P = 20
export const POISSON = 21
export const BINOMIAL = 22
export const NORMALS = 23
export const STEP = 24
export const ALONG = 25
export const ALONG_EACH = 26
export const PICKED = 27

/** Bytes of an operation: its number, four places of columns or tables (a, b, c, out) and two numbers (x, y). */
export const OPERATION = 40
