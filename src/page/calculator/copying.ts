// Copies a text that the page shows. If the browser refuses its clipboard, the text is selected for the keys of the keyboard.
import type { RefObject } from 'preact'
import { useRef, useState } from 'preact/hooks'

function selected(element: HTMLElement): void {
  element.focus()
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) return element.select()
  getSelection()?.selectAllChildren(element)
}

/** Older browsers, and pages without a permission, copy what is selected. */
function copiedBySelection(): boolean {
  try {
    return document.execCommand('copy')
  } catch {
    return false
  }
}

const keys = (): string => (/Mac|iP/.test(navigator.platform) ? 'Cmd-C' : 'Ctrl-C')

async function copied(text: string, shown: HTMLElement): Promise<boolean> {
  selected(shown)
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copiedBySelection()
  }
}

interface Copying<E extends HTMLElement> {
  /** The element that shows the text. */
  readonly field: RefObject<E>
  /** What happened, in words. */
  readonly words: string
  readonly copy: () => void
}

export function useCopying<E extends HTMLElement>(text: string): Copying<E> {
  const field = useRef<E>(null)
  const [words, setWords] = useState('')
  const copy = async () => {
    if (!field.current) return
    setWords((await copied(text, field.current)) ? 'Copied.' : `Press ${keys()} to copy the selected text.`)
  }
  return { field, words, copy: () => void copy() }
}
