// A table as Markdown.
import { visible } from '../../errors.ts'
import type { TableData } from './pieces.ts'

/** Escapes text so that Markdown shows it as it is. */
export const plain = (text: string): string => visible(text.replace(/\s*\n\s*/g, ' ')).replace(/[\\`*_{}[\]<>#|!&~]/g, '\\$&')

export function markdownTable({ caption, head, rows }: TableData): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plain).join(' | ')} |`
  const rule = `| ${head.map((_, k) => (k === 0 ? ':--' : '--:')).join(' | ')} |`
  return [...(caption === '' ? [] : [plain(caption), '']), line(head), rule, ...rows.map(line)].join('\n')
}
