// Plans in the documentation open in the calculator of the site: each has a link that holds it (src/page/calculator/share.ts reads it).
import { deflateRawSync } from 'node:zlib'
import { parseDocument } from 'yaml'

/** Where the site has the calculator, below its root. */
export const CALCULATOR = 'calculator'

/** A block of YAML, with the spaces before it. */
const BLOCK = /^([ \t]*)```yaml\n([\s\S]*?)\n\1```$/gm

/** Whether a text is a whole plan which needs no file: a page has no folder to read them from. @param {string} text */
export function isOpenPlan(text) {
  const document = parseDocument(text)
  if (document.errors.length > 0) return false
  const plan = document.toJS()
  const whole = ['conversations', 'offers'].every((key) => typeof plan?.[key] === 'object')
  return whole && !/\.csv\b|\bhistory:/.test(text)
}

/** The fragment of an address that holds a plan. @param {string} plan */
export const fragmentOf = (plan) => `#plan=${deflateRawSync(plan, { level: 9 }).toString('base64url')}`

/** A page with a link below each plan. @param {string} markdown */
export const withCalculator = (markdown) =>
  markdown.replace(BLOCK, (block, indent, text) => {
    const plan = `${text.replaceAll(new RegExp(`^${indent}`, 'gm'), '')}\n`
    if (!isOpenPlan(plan)) return block
    return `${block}\n\n${indent}[Open in the calculator](/${CALCULATOR}/index.html${fragmentOf(plan)}){target="_self"}`
  })
