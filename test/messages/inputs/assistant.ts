import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fieldsAt } from '../../../src/api/tools/guide.ts'
import { TOOLS } from '../../../src/api/tools/list.ts'
import { refuseLong } from '../../../src/api/tools/tool.ts'
import { enclosedFolder } from '../../../src/platform/node/assistant/folder.ts'
import { serveAssistant } from '../../../src/platform/node/assistant/server.ts'
import { inlineExecutor } from '../../../src/run/executor.ts'
import { calls, type Subject } from '../input.ts'

const LONG = 'x'.repeat(2 ** 20 + 1)
const at = mkdtempSync(join(tmpdir(), 'billcast-messages-'))
process.on('exit', () => void rm(at, { recursive: true, force: true }))
writeFileSync(join(at, 'large.yaml'), LONG)
symlinkSync(tmpdir(), join(at, 'link'))
const folder = enclosedFolder(at)
const ask = (tool: string, given: object) => TOOLS[tool].answer(given, { ...folder, executor: () => inlineExecutor, watching: {} })
const plan = 'offers: { a: { charges: [{ fee: $1/month }] } }\nconversations: { base: 1k }\nmonths: 240\n'
const offers = Array.from({ length: 3 }, () => '{ fee: $1/month }').join(', ')

export const subjects: readonly Subject[] = [
  {
    folder: 'api/tools',
    inputs: calls(
      () => ask('check_plan', {}),
      () => ask('check_plan', { plan, file: 'a.yaml' }),
      () => ask('check_plan', { plan: 'a.yaml' }),
      () => refuseLong(LONG, 'plan'),
      () => ask('fit_history', {}),
      () => ask('fit_history', { history: 'month,conversations', file: 'a.csv' }),
      () => ask('explain_offer', { name: 'finn' }),
      () => fieldsAt('conversatons'),
      () => fieldsAt('months.more'),
      () => ask('run_plan', { plan, trials: 1_024 }),
      () => ask('bill_offer', { plan: plan.replace('{ fee: $1/month }', offers), offer: 'a' }),
    ),
  },
  {
    folder: 'platform/node/assistant',
    inputs: calls(
      () => folder.text('../plan.yaml'),
      () => folder.text('/etc/passwd'),
      () => folder.text('link'),
      () => folder.text('large.yaml'),
      () => folder.text('none.yaml'),
      () => folder.reader(undefined).read('../history.csv'),
      () => serveAssistant({ folder: 'no-such-folder', seconds: 60, signal: new AbortController().signal, note: () => undefined }),
    ),
  },
]
