// billcast report: the report of a finished folder, written again from what the folder keeps.
import { oneOf } from '../../options/kinds.ts'
import { type FlagsOf, flagOnly } from '../../options/option.ts'
import { words } from '../options.ts'
import { defineCommand } from '../command.ts'
import { join } from 'node:path'
import { text } from '../../present/files/write.ts'
import { readReport } from '../../platform/node/finished.ts'
import { writeTo } from '../write.ts'

export const summary = 'write the report of a finished folder again'
export const group = 'run'

const options = {
  format: flagOnly(oneOf(['html', 'md']), 'html or md (Markdown)', { default: 'html' }),
  out: flagOnly(words('<file>'), 'where to, or - for standard output (beside the other files unless stated)'),
} as const

async function reportCommand({ format: kind = 'html', out }: FlagsOf<typeof options>, folder: string): Promise<void> {
  const data = await readReport(folder)
  const written =
    kind === 'html'
      ? await (await import('../../present/report/page.ts')).reportHtml(data)
      : (await import('../../present/report/markdown.ts')).reportMarkdown(data)
  if (out === '-') {
    process.stdout.write(written)
    return
  }
  // In the folder it stands beside the other files, which its manifest does not name.
  await writeTo(out ?? join(folder, `report.${kind}`), text(written))
}

export const command = defineCommand({
  arguments: { '<folder>': 'a folder that run --out wrote' },
  options: options,
  run: reportCommand,
})
