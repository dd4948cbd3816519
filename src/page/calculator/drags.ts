// Drags of sliders: all moves of one drag are one step back, and nothing that the slider does not change moves meanwhile.
import type { Store } from './store.ts'

/** What keeps its height until the slider rests. A longer verdict takes the room of the strengths below it, so that no line is cut in half. */
const HELD = '.verdict, .grades, .card'

const heldElements = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(HELD)]

function hold(): void {
  const { body } = document
  if (body.dataset.moving) return
  for (const element of heldElements()) element.style.height = `${element.offsetHeight - paddingOf(element)}px`
  body.dataset.moving = 'yes'
}

/** A card's height counts neither padding nor border. */
function paddingOf(element: HTMLElement): number {
  const style = getComputedStyle(element)
  if (style.boxSizing === 'border-box') return 0
  return [style.paddingTop, style.paddingBottom, style.borderTopWidth, style.borderBottomWidth].reduce(
    (sum, width) => sum + Number.parseFloat(width),
    0,
  )
}

function release(): void {
  for (const element of heldElements()) element.style.removeProperty('height')
  delete document.body.dataset.moving
}

/** @param move takes a value, joined to the move before it or not, and says where the handle stays */
export function drags(store: Store, move: (value: number, joined: boolean) => number) {
  const rest = (): void => {
    release()
    store.endMove()
  }
  return {
    onInput: (event: Event): void => {
      const input = event.currentTarget as HTMLInputElement
      const joined = store.state.moving !== undefined
      hold()
      store.startMove()
      input.value = String(move(input.valueAsNumber, joined))
    },
    onChange: rest,
    // A handle that comes back to its place changes nothing, and one that leaves the page hears of no change.
    onPointerUp: rest,
    onBlur: rest,
  }
}
