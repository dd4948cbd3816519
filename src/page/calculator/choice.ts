// A group of choices of which one holds.
import { type ComponentChild, h } from 'preact'

interface ChoiceProps<T extends string | number> {
  readonly name: string
  readonly legend: string
  readonly options: readonly (readonly [value: T, label: string])[]
  readonly value: T
  readonly take: (value: T) => void
}

export function Choice<T extends string | number>({ name, legend, options, value, take }: ChoiceProps<T>): ComponentChild {
  return h(
    'fieldset',
    { class: 'segmented' },
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
