// A group of choices of which one holds.
import { type ComponentChild, h } from 'preact'

interface ChoiceProps<T extends string | number> {
  readonly name: string
  readonly legend: string
  readonly options: readonly (readonly [value: T, label: string])[]
  /** Undefined if none holds. */
  readonly value: T | undefined
  /** One bar of choices, or each by itself. */
  readonly look?: 'segmented' | 'chips'
  /** What the choice means, for those who ask the pointer. */
  readonly about?: string
  /** Whether only those who hear the page need the legend. */
  readonly quiet?: boolean
  readonly take: (value: T) => void
}

export function Choice<T extends string | number>(props: ChoiceProps<T>): ComponentChild {
  const { name, legend, options, value, look = 'segmented', about, quiet = false, take } = props
  return h(
    'fieldset',
    { class: look, title: about, 'aria-label': quiet ? legend : undefined },
    !quiet && h('legend', {}, legend),
    options.map(([each, label]) =>
      h(
        'label',
        { class: each === value ? 'on' : '' },
        h('input', { type: 'radio', name, checked: each === value, onChange: () => take(each) }),
        label,
      ),
    ),
  )
}
