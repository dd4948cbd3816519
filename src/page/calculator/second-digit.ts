/** The step of a number's second digit, and 1 below 100: scales in such steps have round ends. */
export const secondDigitOf = (value: number): number => Number(`1e${Math.max(0, Math.floor(value).toFixed(0).length - 2)}`)
