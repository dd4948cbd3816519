// Pieces of the form: a field for a number, and what stands where the form cannot show a value.
import { type ComponentChild, h } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { changedPlan, type FieldChange, type Form } from './plan.ts'
import type { Store } from './store.ts'

/** Longer words, such as those of twelve factors, are better read in the plan. */
const LONGEST_WORDS = 160

export interface FormParts {
  readonly store: Store
  readonly form: Form
}

/**
 * Where the form cannot show a value, it says in words what the plan states.
 * @param input its name in the words of the answer
 */
export function elsewhere(what: string, input: string, { store }: FormParts): ComponentChild {
  const words = store.state.answer?.inputs[input]
  return h(
    'p',
    { class: 'note' },
    words === undefined || words.length > LONGEST_WORDS ? `The plan states ${what} in another way. ` : `${words}. `,
    h('button', { class: 'link', onClick: () => store.show('plan') }, 'Open the whole plan'),
  )
}

export function changer(store: Store): (...changes: readonly FieldChange[]) => void {
  return (...changes) => store.edit(changedPlan(store.state.plan, changes))
}

interface FieldProps<T> {
  readonly id: string
  readonly label: string
  readonly text: string
  readonly unit: string
  /** Nothing for a text that cannot be taken. */
  readonly read: (text: string) => T | undefined
  readonly take: (value: T) => void
  /** Whether the label stands in the box, before the number. */
  readonly inside?: boolean
  /** Completes "Enter …" for a text that cannot be taken. */
  readonly expected?: string
}

export function FormField<T>({ id, label, text, unit, read, take, inside = false, expected }: FieldProps<T>): ComponentChild {
  // An answer that arrives while the user types must not put the old number back.
  const [draft, setDraft] = useState<string>()
  useEffect(() => setDraft(undefined), [text])
  return h(
    'label',
    { class: inside ? 'field inside' : 'field', for: id },
    h('span', {}, label),
    h(
      'span',
      { class: 'box' },
      h('input', {
        id,
        value: draft ?? text,
        inputMode: 'decimal',
        autocomplete: 'off',
        onInput: (event: Event) => setDraft((event.currentTarget as HTMLInputElement).value),
        onChange: (event: Event) => {
          const input = event.currentTarget as HTMLInputElement
          const value = read(input.value)
          input.setCustomValidity(value === undefined ? `Enter ${expected ?? `a number, such as ${text}`}` : '')
          if (value === undefined) input.reportValidity()
          else {
            setDraft(undefined)
            take(value)
          }
        },
      }),
      h('span', { class: 'unit' }, unit),
    ),
  )
}
