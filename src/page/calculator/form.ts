// The form: volume, rate, team, segments and offers. Each control writes one field of the plan.
import { type ComponentChild, h } from 'preact'
import { formatNumber } from '../../notation/number.ts'
import { changer, elsewhere, FormField, type FormParts } from './fields.ts'
import { takeFiles } from './opened-files.ts'
import { Offers } from './offers.ts'
import { countOf } from './plan.ts'
import { Rate } from './rate.ts'
import { Segments } from './segments.ts'
import { Team } from './team.ts'

const NOISES = [4, 8, 16] as const

function Volume(parts: FormParts): ComponentChild {
  const { store, form } = parts
  const change = changer(store)
  const { volume, fitted, noise } = form
  return h(
    'section',
    { 'aria-labelledby': 'volume' },
    h('h2', { id: 'volume' }, 'Volume'),
    volume === undefined
      ? fitted === undefined
        ? elsewhere('the volume', 'Conversations', parts)
        : h('p', {}, `As in the past months: about ${formatNumber(Number(fitted.toPrecision(3)))} a month at the start.`)
      : h(FormField<number>, {
          ...{ id: 'conversations', label: 'Conversations a month', text: formatNumber(volume), unit: 'on average' },
          read: (text) => {
            const value = countOf(text)
            return value !== undefined && value > 0 ? value : undefined
          },
          take: (value) => change([['conversations', 'base'], value]),
        }),
    h(
      'fieldset',
      { class: 'chips' },
      h('legend', {}, 'How sure?'),
      NOISES.map((percent) =>
        h(
          'label',
          { class: noise === percent ? 'chip on' : 'chip' },
          h('input', {
            type: 'radio',
            name: 'noise',
            checked: noise === percent,
            onChange: () => change([['conversations', 'noise', 'cv'], `${percent}%`]),
          }),
          `±${percent}%`,
        ),
      ),
    ),
    h('p', { class: 'note' }, 'How far a month usually lies from the average.'),
    h(
      'label',
      { class: 'drop' },
      h('input', {
        type: 'file',
        accept: '.csv,text/csv',
        onChange: (event: Event) => {
          const input = event.currentTarget as HTMLInputElement
          void takeFiles([...(input.files ?? [])], store)
          // The same file can be chosen again.
          input.value = ''
        },
      }),
      'Drop a CSV of past months',
    ),
  )
}

export function PlanForm(parts: FormParts): ComponentChild {
  return h(
    // No form element: Enter in a field would press its first button.
    'div',
    { id: 'form', class: 'form', role: 'form', tabIndex: -1, 'aria-label': 'Your numbers' },
    h(Volume, parts),
    h(Rate, parts),
    h(Team, parts),
    h(Segments, parts),
    h(Offers, parts),
  )
}
