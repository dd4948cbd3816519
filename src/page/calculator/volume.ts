// The volume of the form: the average month, how sure it is, and a small drawing of the year's months.
import { type ComponentChild, h } from 'preact'
import { formatNumber } from '../../notation/number.ts'
import { Choice } from './choice.ts'
import { changer, elsewhere, FormField, type FormParts } from './fields.ts'
import { takeFiles } from './opened-files.ts'
import { countOf } from './plan.ts'
import type { Store } from './store.ts'
import { type Width, WIDTHS, widened } from './spread.ts'
import { YearDrawing } from './year-drawing.ts'

const NOISES = [4, 8, 16] as const

const SURE = { name: 'noise', legend: 'How sure?', look: 'chips' } as const

function Noise({ store, form }: FormParts): ComponentChild {
  const change = changer(store)
  return h(Choice<number>, {
    ...{ ...SURE, value: form.noise, options: NOISES.map((percent) => [percent, `±${percent}%`] as const) },
    about: 'How far a month usually lies from the average.',
    take: (percent) => change([['conversations', 'noise', 'cv'], `${percent}%`]),
  })
}

/** Words of each width, before the noise of a month with it. */
const WIDTH_WORDS: Readonly<Record<Width, string>> = { 1: 'As fitted', 1.5: 'Less sure', 2: 'Half as sure' }

/** A fit has its own spread: it stays, or becomes wider. */
function FittedSpread({ store, form: { fit, width = 1, noise } }: FormParts): ComponentChild {
  const change = changer(store)
  if (!fit) return null
  const around = (to: Width) => (noise === undefined ? '' : ` ±${Number(((noise * to) / width).toPrecision(2))}%`)
  return h(Choice<Width>, {
    ...{ ...SURE, value: width, options: WIDTHS.map((to) => [to, `${WIDTH_WORDS[to]}${around(to)}`] as const) },
    about: 'How far a month lies from the forecast. The spread of level and growth widens with it.',
    take: (to) => change(...widened(fit, width, to)),
  })
}

function DropFile({ store }: { readonly store: Store }): ComponentChild {
  return h(
    'label',
    { class: 'drop', title: 'A table of past months, from which the page fits level, growth and seasons' },
    h('input', {
      type: 'file',
      'aria-label': 'Drop a CSV of past months',
      accept: '.csv,text/csv',
      onChange: (event: Event) => {
        const input = event.currentTarget as HTMLInputElement
        void takeFiles([...(input.files ?? [])], store)
        // The same file can be chosen again.
        input.value = ''
      },
    }),
    'Drop a CSV',
  )
}

/** Growth, seasons, noise and spikes have no control of their own: the way to them, and the spikes in words. */
function Shapes({ store }: FormParts): ComponentChild {
  const spikes = store.state.answer?.inputs.Spikes
  return h(
    'p',
    { class: 'note' },
    spikes === undefined ? '' : `Spikes: ${spikes.charAt(0).toLowerCase()}${spikes.slice(1)}. `,
    h('button', { class: 'link', onClick: () => store.show('plan') }, 'Edit growth, seasons and spikes'),
  )
}

export function Volume(parts: FormParts): ComponentChild {
  const { store, form } = parts
  const change = changer(store)
  const { volume, fitted, fit, whole } = form
  const year = store.state.answer?.volume
  return h(
    'section',
    { 'aria-labelledby': 'volume' },
    h('h2', { id: 'volume' }, 'Volume', year && h('span', {}, year.words)),
    h(
      'div',
      { class: 'beside' },
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
      h(YearDrawing, { year, years: store.state.answer?.years ?? '' }),
    ),
    h('div', { class: 'sure' }, fit ? h(FittedSpread, parts) : whole && h(Noise, parts), h(DropFile, { store })),
    h(Shapes, parts),
  )
}
