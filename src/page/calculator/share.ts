// A plan in the fragment of a link, with its files: deflated, in the letters of base64 that addresses allow. A fragment never leaves the browser.
import type { FilesBeside } from '../../api/beside.ts'
import { LIMITS } from '../../limits.ts'
import { isFields } from '../../notation/fields.ts'
import { inflated, through } from '../inflated.ts'

/** Characters of a fragment. Firefox takes addresses of 1 MiB, and Chromium of 2. */
export const LONGEST = 1_000_000
/** Characters of a plan's files together. */
const MOST_FILES = 8 * LIMITS.fileBytes

export interface SharedPlan {
  readonly plan: string
  readonly files?: FilesBeside
}

async function coded(text: string): Promise<string> {
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'))
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** @throws Error for a code that is none, or holds too long a text */
const decoded = (code: string, most: number): Promise<string> => inflated(code.replaceAll('-', '+').replaceAll('_', '/'), most)

export async function linkOf(plan: string, address: string, texts: FilesBeside['texts'] = {}): Promise<string> {
  const files = Object.keys(texts).length > 0 ? `&files=${await coded(JSON.stringify(texts))}` : ''
  return `${address.split('#')[0]}#plan=${await coded(plan)}${files}`
}

/** Anyone can write a link. */
function textsIn(data: unknown): FilesBeside['texts'] {
  if (!isFields(data)) return {}
  return Object.fromEntries(Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

export const isPlanLink = (fragment: string): boolean => fragment.startsWith('#plan=')

/** The plan of a fragment. Nothing for a fragment without one, or one that cannot be read. */
export async function planOfLink(fragment: string): Promise<SharedPlan | undefined> {
  const [, plan, files] = /^#plan=([\w-]+)(?:&files=([\w-]+))?$/.exec(fragment) ?? []
  if (plan === undefined || fragment.length > LONGEST) return undefined
  try {
    const texts = files === undefined ? {} : textsIn(JSON.parse(await decoded(files, MOST_FILES)))
    return { plan: await decoded(plan, LIMITS.fileBytes), files: { texts, refused: {} } }
  } catch {
    return undefined
  }
}
