// One number of the plan with its slider and a field to type it.
import { type ComponentChild, h } from 'preact'
import { useState } from 'preact/hooks'
import type { Lever } from '../../present/report/levers.ts'
import type { Live } from './view.ts'

interface LeverProps {
  readonly lever: Lever
  readonly place: number
  /** The present step. */
  readonly at: number
  readonly live: Live
}

export function LeverView({ lever, place, at, live }: LeverProps): ComponentChild {
  const { label, steps } = lever
  const id = `lever-${place}`
  const { text } = steps[at]
  return h(
    'div',
    { class: 'lever' },
    h('label', { for: id }, label),
    // Levers of a folder that an earlier version wrote have no numbers.
    Object.hasOwn(lever, 'unit') && h(NumberField, { lever, place, at, live }),
    h('input', {
      type: 'range',
      id,
      min: 0,
      max: steps.length - 1,
      step: 1,
      value: at,
      'aria-valuetext': text,
      onInput: (event: Event) => live.move(place, (event.currentTarget as HTMLInputElement).valueAsNumber),
    }),
    h('output', { for: id }, text),
  )
}

function NumberField({ lever, place, at, live }: LeverProps): ComponentChild {
  const { label, steps, unit } = lever
  // An answer that arrives while the user types must not put the old number back.
  const [draft, setDraft] = useState<string>()
  // The sign of a currency.
  const before = unit !== '%' && unit !== 'pt'
  return h(
    'span',
    { class: 'number' },
    before && unit,
    h('input', {
      type: 'number',
      step: 'any',
      'aria-label': `${label} as a number`,
      value: draft ?? digitsOf(steps[at].value, unit),
      onInput: (event: Event) => setDraft((event.currentTarget as HTMLInputElement).value),
      onChange: (event: Event) => {
        setDraft(undefined)
        const field = event.currentTarget as HTMLInputElement
        const step = nearest(lever, field.valueAsNumber)
        field.value = digitsOf(steps[step ?? at].value, unit)
        if (step !== undefined && step !== at) live.move(place, step)
      },
    }),
    !before && unit,
  )
}

/** Amounts show cents, as prices do. */
const digitsOf = (value: number, unit: string): string =>
  unit === '' || unit === '%' || unit === 'pt' || Number(value.toFixed(2)) !== value ? String(value) : value.toFixed(2)

/** The step whose number is the nearest. */
function nearest({ steps }: Lever, number: number): number | undefined {
  if (!Number.isFinite(number)) return undefined
  return steps.reduce((best, { value }, k) => (Math.abs(value - number) < Math.abs(steps[best].value - number) ? k : best), 0)
}
