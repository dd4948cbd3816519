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
  readonly take: (value: T) => void
}

export function Choice<T extends string | number>(props: ChoiceProps<T>): ComponentChild {
  const { name, legend, options, value, look = 'segmented', take } = props
  return h(
    'fieldset',
    { class: look },
    h('legend', {}, legend),
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
