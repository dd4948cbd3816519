// Runs in a page: finds what a reader cannot read at this width. Text that is cut off or lies outside, words broken inside, text that is too
// small, and a page that scrolls sideways.

/** @param least the smallest size of text, in pixels */
export function layoutFaults(least: number): string[] {
  const faults = new Set<string>()
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth > width + 1)
    faults.add(`the page is ${document.documentElement.scrollWidth} pixels wide`)
  const short = (node: Element) => `${node.tagName} "${(node.textContent ?? '').trim().slice(0, 50)}"`
  /** For screen readers alone, or not shown. */
  const isHidden = (node: Element | null): boolean => {
    for (let at = node; at && at !== document.body; at = at.parentElement) {
      const { clipPath, display, opacity, visibility } = getComputedStyle(at)
      if ((clipPath.startsWith('inset') && at.tagName !== 'I') || display === 'none' || visibility === 'hidden' || opacity === '0')
        return true
    }
    return false
  }
  for (const node of document.querySelectorAll('main, main *')) {
    if (node.tagName === 'path' || isHidden(node)) continue
    const { left, right, width: own } = node.getBoundingClientRect()
    if (own === 0) continue
    const { overflowX, textOverflow } = getComputedStyle(node)
    // A drawing of curves cuts off what lies beyond its scale, and a strip ends long names with dots.
    const isCut =
      node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0 && overflowX !== 'visible' && textOverflow !== 'ellipsis'
    if (isCut && node.tagName !== 'INPUT')
      faults.add(`${short(node)} is cut off: ${node.scrollWidth} of ${node.clientWidth} pixels`)
    if ((right > width + 1 || left < -1) && !node.closest('.wide, pre, .plot')) faults.add(`${short(node)} lies outside`)
  }
  const range = document.createRange()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (!parent || ['SCRIPT', 'STYLE'].includes(parent.tagName) || parent.closest('svg') || isHidden(parent)) continue
    const text = node.textContent ?? ''
    // A hash has no place to break.
    for (const word of text.matchAll(/[^\s\-–—/]{2,59}(?=[\s\-–—/]|$)/g)) {
      if (/^[0-9a-f]{20,}/.test(word[0])) continue
      range.setStart(node, word.index)
      range.setEnd(node, word.index + word[0].length)
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0)
      const [first, last] = [boxes[0], boxes[boxes.length - 1]]
      if (first && last && Math.abs(first.top - last.top) > 3)
        faults.add(`"${word[0]}" is broken in ${parent.tagName}.${parent.className}`)
    }
    range.selectNodeContents(node)
    const size = Number.parseFloat(getComputedStyle(parent).fontSize)
    if (text.trim() !== '' && size < least && range.getClientRects().length > 0)
      faults.add(`"${text.trim().slice(0, 40)}" has ${size} pixels`)
  }
  for (const drawing of document.querySelectorAll('svg')) {
    const box = drawing.getBoundingClientRect()
    if (box.width === 0) continue
    const scale = drawing.viewBox.baseVal.width > 0 ? box.width / drawing.viewBox.baseVal.width : 1
    for (const label of drawing.querySelectorAll('text')) {
      const text = (label.textContent ?? '').trim()
      const size = Number.parseFloat(getComputedStyle(label).fontSize) * scale
      const own = label.getBoundingClientRect()
      if (text === '' || own.width === 0) continue
      if (size < least - 0.05) faults.add(`the drawing's "${text}" has ${size.toFixed(1)} pixels`)
      const isOut =
        own.left < box.left - 1.5 || own.right > box.right + 1.5 || own.top < box.top - 1.5 || own.bottom > box.bottom + 1.5
      if (isOut) faults.add(`the drawing cuts off "${text}"`)
    }
  }
  return [...faults]
}
