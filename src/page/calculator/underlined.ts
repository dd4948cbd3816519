// Underlines the titles of offers in a text, each in its color.
import { type ComponentChild, h } from 'preact'
import { ownStyle } from '../../present/charts/theme.ts'
import type { OfferView } from './protocol.ts'

type Named = Pick<OfferView, 'title' | 'color'>

export interface TitledPart {
  readonly text: string
  /** The place of a title's color. Absent for other text. */
  readonly color?: number
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The first letter of a title is small within a sentence. */
const anyCase = (title: string): string => {
  const [first, rest] = [title.charAt(0), title.slice(1)]
  return first.toLowerCase() === first.toUpperCase()
    ? escaped(title)
    : `[${first.toLowerCase()}${first.toUpperCase()}]${escaped(rest)}`
}

/** Gray offers have no color, and no underline. */
export function titledParts(text: string, offers: readonly Named[]): readonly TitledPart[] {
  const named = offers.filter(({ title }) => title !== '').sort((a, b) => b.title.length - a.title.length)
  if (named.length === 0) return [{ text }]
  // Not within a word: "Ada" is no part of "Adamant".
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${named.map(({ title }) => anyCase(title)).join('|')})(?![\\p{L}\\p{N}])`, 'gu')
  const pieces: TitledPart[] = []
  let done = 0
  for (const { 0: found, index } of text.matchAll(pattern)) {
    const color = named.find(
      ({ title }) => title.slice(1) === found.slice(1) && title.charAt(0).toLowerCase() === found.charAt(0).toLowerCase(),
    )?.color
    if (index > done) pieces.push({ text: text.slice(done, index) })
    pieces.push({ text: found, ...(color !== undefined && { color }) })
    done = index + found.length
  }
  return done < text.length ? [...pieces, { text: text.slice(done) }] : pieces
}

export const inColor = (text: string, offers: readonly Named[]): ComponentChild[] =>
  titledParts(text, offers).map(({ text: part, color }) => (color === undefined ? part : h('u', { style: ownStyle(color) }, part)))
