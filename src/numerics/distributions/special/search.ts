/** The smallest whole number from 0 that passes a test, or `count` if none below it does. Every number after it must pass too. */
export function firstIndex(count: number, passes: (k: number) => boolean): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (passes(middle)) high = middle
    else low = middle + 1
  }
  return low
}
