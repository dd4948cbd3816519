// The form: volume, rate, team, segments and offers. Each control writes one field of the plan.
import { type ComponentChild, h } from 'preact'
import { formatNumber } from '../../notation/number.ts'
import { Choice } from './choice.ts'
import { changer, elsewhere, FormField, type FormParts } from './fields.ts'
import { takeFiles } from './opened-files.ts'
import { ExampleNote } from './example.ts'
import { Offers } from './offers.ts'
import { countOf } from './plan.ts'
import { Rate } from './rate.ts'
import { Segments } from './segments.ts'
import { type Width, WIDTHS, widened } from './spread.ts'
import { Team } from './team.ts'

const NOISES = [4, 8, 16] as const

const SURE = { name: 'noise', legend: 'How sure?', look: 'chips' } as const

function Noise({ store, form }: FormParts): ComponentChild {
  const change = changer(store)
  return [
    h(Choice<number>, {
      ...{ ...SURE, value: form.noise, options: NOISES.map((percent) => [percent, `±${percent}%`] as const) },
      take: (percent) => change([['conversations', 'noise', 'cv'], `${percent}%`]),
    }),
    h('p', { class: 'note' }, 'How far a month usually lies from the average.'),
  ]
}

/** Words of each width, before the noise of a month with it. */
const WIDTH_WORDS: Readonly<Record<Width, string>> = { 1: 'As fitted', 1.5: 'Less sure', 2: 'Half as sure' }

/** A fit has its own spread: it stays, or becomes wider. */
function FittedSpread({ store, form: { fit, width = 1, noise } }: FormParts): ComponentChild {
  const change = changer(store)
  if (!fit) return null
  const around = (to: Width) => (noise === undefined ? '' : ` ±${Number(((noise * to) / width).toPrecision(2))}%`)
  return [
    h(Choice<Width>, {
      ...{ ...SURE, value: width, options: WIDTHS.map((to) => [to, `${WIDTH_WORDS[to]}${around(to)}`] as const) },
      take: (to) => change(...widened(fit, width, to)),
    }),
    h('p', { class: 'note' }, 'How far a month lies from the forecast. The spread of level and growth widens with it.'),
  ]
}

function Volume(parts: FormParts): ComponentChild {
  const { store, form } = parts
  const change = changer(store)
  const { volume, fitted, fit, whole } = form
  return h(
    'section',
    { 'aria-labelledby': 'volume' },
    h('h2', { id: 'volume' }, 'Volume'),
    volume === undefined
      ? fitted === undefined
        ? elsewhere('the volume', 'Conversations', parts)
        : h(
            'p',
            {},
            `About ${formatNumber(Number(fitted.toPrecision(3)))} a month at the start, with the course of the past months.`,
          )
      : h(FormField<number>, {
          ...{ id: 'conversations', label: 'Conversations a month', text: formatNumber(volume), unit: 'on average' },
          read: (text) => {
            const value = countOf(text)
            return value !== undefined && value > 0 ? value : undefined
          },
          take: (value) => change([['conversations', 'base'], value]),
        }),
    fit ? h(FittedSpread, parts) : whole && h(Noise, parts),
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
    h(ExampleNote, parts),
    h(Volume, parts),
    h(Rate, parts),
    h(Team, parts),
    h(Segments, parts),
    h(Offers, parts),
  )
}
