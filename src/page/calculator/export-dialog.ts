// The export dialog: it saves the plan, the report, the workbook or a picture, and shows the command that gives the same figures.
import { type ComponentChild, h } from 'preact'
import { useState } from 'preact/hooks'
import { messageOf } from '../../errors.ts'
import { shellWord } from '../../notation/shell.ts'
import { download } from '../download.ts'
import { useCopying } from './copying.ts'
import { fileAnswer } from './file-desk.ts'
import type { FileWish, WrittenFile } from './files/protocol.ts'
import { type Form, formOf, freeOfferName } from './plan.ts'
import type { Store } from './store.ts'

const baseName = ({ name }: Form): string => freeOfferName(name, formOf(''))

/** The last part of a path. */
const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const WRITTEN: readonly (readonly [kind: FileWish['kind'], label: string, help: string])[] = [
  ['report', 'Report (HTML)', 'One page for the people who decide, to read, print or send'],
  ['workbook', 'Workbook (XLSX)', 'Budgets, months and odds for a spreadsheet'],
  ['chart', 'Picture (PNG)', 'The range and the budget of each offer, for a slide'],
]

/** Pixels of a picture for each of its own. */
const SCALE = 2

/** The page draws the picture, with its own fonts. */
async function pictureOf(svg: string): Promise<Blob> {
  const image = new Image()
  // A slide is light, also where the screen is dark.
  const light = svg.replace(/<style>.*?<\/style>/s, '')
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(light)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = SCALE * image.naturalWidth
  canvas.height = SCALE * image.naturalHeight
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('this browser draws no pictures')
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('this browser writes no PNG')
  return blob
}

async function contentOf(kind: FileWish['kind'], { bytes }: WrittenFile): Promise<BlobPart> {
  return kind === 'chart' ? pictureOf(new TextDecoder().decode(bytes)) : bytes
}

/** The command that runs an exported plan. It reads files outside the plan's folder only if it may. Anyone can name a file in a link. */
export function commandFor(name: string, paths: readonly string[]): string {
  const outside = paths.filter((path) => /^(\.\.|[\\/]|[a-z]:)/i.test(path))
  const folders = new Set(outside.map((path) => path.slice(0, path.lastIndexOf('/') + 1)))
  return [`npx billcast run ${name}.yaml`, ...[...folders].map((folder) => `--allow-path ${shellWord(folder)}`)].join(' ')
}

function Command({ text }: { readonly text: string }): ComponentChild {
  const { field, words, copy } = useCopying<HTMLPreElement>(text)
  return h(
    'div',
    { class: 'command' },
    h('pre', { ref: field, tabIndex: 0 }, text),
    h('button', { onClick: copy, 'aria-label': 'Copy the command' }, 'Copy'),
    h('span', { class: 'note', role: 'status' }, words),
  )
}

export function ExportDialog({ store, form }: { readonly store: Store; readonly form: Form }): ComponentChild {
  const [busy, setBusy] = useState('')
  const [failure, setFailure] = useState('')
  const name = baseName(form)
  const write = async (kind: FileWish['kind'], label: string) => {
    setBusy(label)
    setFailure('')
    try {
      const { plan, files } = store.state
      const file = await fileAnswer({ kind, plan, files })
      download(await contentOf(kind, file), `${name}${file.suffix}`, file.type)
    } catch (error) {
      setFailure(`${label} cannot be written: ${messageOf(error)}`)
    }
    setBusy('')
  }
  const item = (label: string, help: string, take: () => void) =>
    h('li', {}, h('button', { disabled: busy !== '', onClick: take }, label), h('span', { class: 'note' }, help))
  return h(
    'div',
    {},
    h(
      'ul',
      { class: 'exports' },
      item('Plan (YAML)', 'The plan as the command line reads it', () =>
        download(store.state.plan, `${name}.yaml`, 'application/yaml'),
      ),
      Object.entries(store.beside).map(([path, text]) =>
        item(baseOf(path), `The plan reads this file. Save it as ${path} beside the plan`, () =>
          download(text, baseOf(path), 'text/csv'),
        ),
      ),
      WRITTEN.map(([kind, label, help]) => item(label, help, () => void write(kind, label))),
    ),
    h('p', { class: 'note', role: 'status' }, busy === '' ? '' : `Simulating the plan and writing: ${busy}.`),
    failure !== '' && h('p', { class: 'error', role: 'alert' }, failure),
    h('h3', {}, 'On the command line'),
    h(Command, { text: commandFor(name, Object.keys(store.beside)) }),
    h(
      'p',
      { class: 'note' },
      'Beside the exported plan',
      Object.keys(store.beside).length > 0 ? ' and its files' : '',
      ', it gives the figures of this page to the last bit.',
    ),
  )
}
