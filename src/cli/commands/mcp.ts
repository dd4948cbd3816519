import { seconds } from '../../options/kinds.ts'
import { flagOnly } from '../../options/option.ts'
import { serveAssistant } from '../../platform/node/assistant/server.ts'
import { defineCommand } from '../command.ts'
import { note } from '../print.ts'
import { interruptible } from '../watched.ts'

export const summary = 'answer the questions of an AI assistant over the Model Context Protocol'
export const group = 'start'

/** Seconds that a question may take. */
const USUAL = 60

export const command = defineCommand({
  arguments: [['[folder]', 'the only folder whose files it reads (default: the current one)']],
  options: {
    seconds: flagOnly(seconds(1, 3_600, 'seconds from 1 to 3600'), 'seconds that an answer may take (default 60)', '60'),
  },
  after: `
An assistant starts this command itself. It needs one package more: npm install @modelcontextprotocol/sdk
The settings of many assistants take:
  { "mcpServers": { "billcast": { "command": "npx", "args": ["billcast", "mcp", "FOLDER"] } } }`,
  async run({ seconds: limit = USUAL }, folder = '.') {
    const signal = interruptible()
    if (process.stdin.isTTY) note('an assistant speaks to this command over standard input. Press Ctrl-D to end it')
    await serveAssistant({ folder, seconds: limit, signal, note })
    // A stop by signal is how a server normally ends.
    if (signal.aborted) process.exitCode = 0
  },
})
