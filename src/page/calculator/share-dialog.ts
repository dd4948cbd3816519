// The link that holds the plan, and what to know before it is sent.
import { type ComponentChild, h } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { formatNumber } from '../../notation/number.ts'
import { useCopying } from './copying.ts'
import { linkOf, LONGEST } from './share.ts'
import type { Store } from './store.ts'

/** Characters from which some programs cut a link, and from which most do. */
const [LONG, VERY_LONG] = [2_000, 32_000]

/** Whether others cannot open the page's address. */
const isLocal = ({ protocol, hostname }: Location): boolean => protocol === 'file:' || ['127.0.0.1', 'localhost'].includes(hostname)

/** What a link's length means for those who get it. */
export function lengthWords(length: number): string {
  const size = `The link has ${formatNumber(length)} characters.`
  if (length > VERY_LONG) return `${size} Mail and chat programs cut such links. Send the exported files instead.`
  return length > LONG
    ? `${size} Some mail and chat programs cut links of more than 2,000. Open it once before you rely on it.`
    : ''
}

export function ShareDialog({ store }: { readonly store: Store }): ComponentChild {
  const [link, setLink] = useState('')
  const { plan } = store.state
  const files = Object.keys(store.beside)
  useEffect(() => {
    void linkOf(plan, location.href, store.beside).then(setLink)
  }, [])
  const { field, words, copy } = useCopying<HTMLInputElement>(link)
  if (link.length > LONGEST)
    return h(
      'p',
      {},
      `The plan and its files are too large for a link (${formatNumber(link.length)} characters). Export them instead.`,
    )
  const warning = lengthWords(link.length)
  return h(
    'div',
    {},
    h(
      'p',
      {},
      h('b', {}, 'The link holds the whole plan, prices too.'),
      files.length > 0 && ` It also holds the files that the plan reads: ${files.join(', ')}.`,
      ' Everyone who has the link can read them. Nothing is sent when you copy it.',
    ),
    isLocal(location) && h('p', {}, 'This page is on your machine only: the link opens here. To send the plan, export it.'),
    warning !== '' && h('p', { class: 'caution' }, warning),
    h(
      'label',
      { class: 'field', for: 'link' },
      h('span', {}, 'Link'),
      h('input', {
        id: 'link',
        ref: field,
        readOnly: true,
        value: link,
        onFocus: (event: Event) => (event.currentTarget as HTMLInputElement).select(),
      }),
    ),
    h(
      'div',
      { class: 'actions' },
      h('span', { class: 'note', role: 'status' }, words),
      h('button', { class: 'main', onClick: copy }, 'Copy the link'),
    ),
  )
}
