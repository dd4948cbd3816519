// Drags of sliders: all moves of one drag are one step back.

/** @param move takes a value, joined to the move before it or not, and says where the handle stays */
export const drags = (move: (value: number, joined: boolean) => number) => ({
  onInput: (event: Event): void => {
    const input = event.currentTarget as HTMLInputElement
    input.value = String(move(input.valueAsNumber, input.dataset.moving === 'yes'))
    input.dataset.moving = 'yes'
  },
  onChange: (event: Event): void => {
    delete (event.currentTarget as HTMLInputElement).dataset.moving
  },
})
