// Segments, when asked for: each with its share or volume and its rate.
import { type ComponentChild, h } from 'preact'
import { useState } from 'preact/hooks'
import { formatNumber } from '../../notation/number.ts'
import { changer, FormField, type FormParts } from './fields.ts'
import { countOf, percentOf, rateSpan, rateText, type SegmentForm } from './plan.ts'

/** What the first two segments are, until the user changes them. */
const FIRST_SEGMENTS = { chat: { share: '60%' }, email: { share: '40%' } } as const

function SegmentRow({ segment, parts }: { readonly segment: SegmentForm; readonly parts: FormParts }): ComponentChild {
  const change = changer(parts.store)
  const { name, rate, share, volume } = segment
  const at = ['segments', name] as const
  return h(
    'div',
    { class: 'segment' },
    h(
      'h3',
      {},
      name,
      h('button', { class: 'link', 'aria-label': `Remove ${name}`, onClick: () => change([at, undefined]) }, 'Remove'),
    ),
    h(
      'div',
      { class: 'pair' },
      volume !== undefined
        ? h(FormField<number>, {
            ...{ id: `volume-${name}`, label: 'Conversations', text: formatNumber(volume), unit: 'a month', read: countOf },
            take: (value) => change([[...at, 'conversations', 'base'], value]),
          })
        : share === undefined
          ? h('p', { class: 'note' }, 'The plan states its volume in another way.')
          : h(FormField<number>, {
              ...{ id: `share-${name}`, label: 'Share', text: String(share), unit: '% of all', expected: 'a share, such as 60' },
              read: (text) => percentOf(text) ?? countOf(text),
              take: (value) => change([[...at, 'share'], `${value}%`]),
            }),
      h(FormField<readonly [number, number] | null>, {
        ...{ id: `rate-${name}`, label: 'Resolution rate', text: rate ? rateText(rate) : '', unit: rate ? '' : 'as above' },
        expected: 'a share such as 60%, or a range such as 58% to 72%',
        read: (text) => (text.trim() === '' ? null : rateSpan(text)),
        take: (value) => change([[...at, 'resolution', 'rate'], value === null ? undefined : rateText(value)]),
      }),
    ),
  )
}

function AddSegment({ parts }: { readonly parts: FormParts }): ComponentChild {
  const [name, setName] = useState('')
  const change = changer(parts.store)
  const plain = name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
  const volumes = parts.form.segments.some(({ volume }) => volume !== undefined)
  const usable = /^[a-z]/.test(plain) && parts.form.segments.every((segment) => segment.name !== plain)
  return h(
    'div',
    { class: 'pair' },
    h('input', {
      'aria-label': 'Name of a new segment',
      placeholder: 'voice',
      value: name,
      onInput: (event: Event) => setName((event.currentTarget as HTMLInputElement).value),
    }),
    h(
      'button',
      {
        disabled: !usable,
        onClick: () => {
          change([['segments', plain], volumes ? { conversations: { base: 1_000 } } : { share: '10%' }])
          setName('')
        },
      },
      '+ Add',
    ),
  )
}

export function Segments(parts: FormParts): ComponentChild {
  const { segments } = parts.form
  const change = changer(parts.store)
  return h(
    'section',
    { 'aria-labelledby': 'segments' },
    h(
      'h2',
      { id: 'segments' },
      'Segments',
      segments.length === 0
        ? h(
            'span',
            {},
            'One rate for all. ',
            h('button', { class: 'link', onClick: () => change([['segments'], FIRST_SEGMENTS]) }, 'Split into segments'),
          )
        : h('button', { class: 'link', onClick: () => change([['segments'], undefined]) }, 'No segments'),
    ),
    segments.length === 0
      ? null
      : [
          h('p', { class: 'note' }, 'Shares are divided by their sum. A segment without a rate has the one above.'),
          segments.map((segment) => h(SegmentRow, { key: segment.name, segment, parts })),
          h(AddSegment, { parts }),
        ],
  )
}
