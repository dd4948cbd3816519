import { dirname } from 'node:path'
import { toggle } from '../../options/kinds.ts'
import { flagOnly } from '../../options/option.ts'
import { type OpenedPlan, serveCalculator } from '../../platform/node/calculator/server.ts'
import { plainWords } from '../../platform/node/words.ts'
import { stopped } from '../../run/schedule.ts'
import { defineCommand } from '../command.ts'
import { loadScenario } from '../load.ts'
import { allowPath } from '../options.ts'
import { note } from '../print.ts'
import { toStderr, toStdout } from '../streams.ts'
import { interruptible } from '../watched.ts'

export const summary = 'open the calculator in a browser, for this machine only'
export const group = 'start'

export const command = defineCommand({
  arguments: [['[scenario]', 'a YAML or JSON file to start from, or - for standard input']],
  options: { browser: flagOnly(toggle('off'), 'print the address only', '`true`'), allowPath },
  after: `
The page changes its own copy of the plan, and has its own copies of the files that the plan names. "Export" writes it to a file. Ctrl-C ends the command, and an open page goes on without it.`,
  async run({ browser = true, allowPath: allowed }, file) {
    const opened = file === undefined ? undefined : await openedPlan(file, allowed)
    const signal = interruptible()
    const { address, close } = await serveCalculator(opened)
    toStdout(`${address}\n`)
    toStderr('The calculator is at this address until you press Ctrl-C. Other machines cannot reach it.\n')
    if (browser) await show(address)
    await stopped(signal)
    await close()
    // A stop by signal is how a server normally ends.
    process.exitCode = 0
  },
})

async function openedPlan(file: string, allowed: readonly string[] | undefined): Promise<OpenedPlan> {
  const plan = await loadScenario(file)
  const [{ filesBeside }, { folderReader }] = await Promise.all([
    import('../../platform/node/calculator/beside.ts'),
    import('../../platform/node/reader.ts'),
  ])
  return { plan, files: await filesBeside(plan, folderReader(dirname(file), allowed)) }
}

/** A machine without a browser has the address to copy. */
async function show(address: string): Promise<void> {
  const failed = (error: unknown) => note(`the browser cannot be opened: ${plainWords(error)}. Open the address yourself`)
  try {
    const { default: open } = await import('open')
    const opener = await open(address)
    opener.once('error', failed)
  } catch (error) {
    failed(error)
  }
}
