// Keys of sliders beyond those of the browser: with Shift, an arrow goes five steps, and B goes to the next break-even.
const FURTHER = 5
const ARROWS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }

interface SliderKey {
  readonly key: string
  readonly shift: boolean
}

interface Slider {
  readonly value: number
  readonly step: number
  readonly low: number
  readonly high: number
  readonly breakEvens: readonly number[]
}

/** Where a key moves a slider. Nothing for keys that the browser knows itself. */
export function movedBy({ key, shift }: SliderKey, { value, step, low, high, breakEvens }: Slider): number | undefined {
  if (key === 'b' || key === 'B') return breakEvens.find((at) => at > value + step / 2) ?? breakEvens[0]
  const sign = ARROWS[key]
  return sign !== undefined && shift ? Math.min(high, Math.max(low, value + sign * FURTHER * step)) : undefined
}

/** Listens for these keys at a slider. */
export const sliderKeys =
  (slider: () => Slider, move: (value: number) => void) =>
  (event: KeyboardEvent): void => {
    const to = movedBy({ key: event.key, shift: event.shiftKey }, slider())
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    move(to)
  }
