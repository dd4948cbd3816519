// A server of the Model Context Protocol over standard input and output.
import { realpath } from 'node:fs/promises'
import type { CallToolRequest, CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { shown, UsageError } from '../../../errors.ts'
import { meantWords } from '../../../notation/near.ts'
import { optionsSchema } from '../../../options/json-schema.ts'
import { ANSWER_SCHEMA, answerText, boundedAnswer, withVisibleTexts } from '../../../api/tools/answer.ts'
import { TOOLS } from '../../../api/tools/list.ts'
import { VERSION } from '../../version.generated.ts'
import { errorWords, plainWords } from '../words.ts'
import { Desk } from './desk.ts'
import { protocolPackage } from './peers.ts'

/** A message may hold a plan and the text of a history, each of at most 1 MiB, with escapes: 4 MiB. */
const LONGEST_MESSAGE = 4_194_304

const INSTRUCTIONS = `billcast simulates what AI-support contracts will cost, and how sure that is. Plans are YAML: ask plan_guide before you write one, and list_offers for the prices that vendors publish. Ask check_plan until it finds no mistake, then run_plan for the verdict and the budgets. State amounts with the budget (P80), not only the mean, and repeat the notes and the assumptions that matter. Never fill in a volume, a rate or a price that the user has not stated: ask for it, or write it as a range and say so.`

export interface ServedFolder {
  readonly folder: string
  /** Seconds that a question may take. */
  readonly seconds: number
  /** Ends the server. */
  readonly signal: AbortSignal
  /** Receives what the protocol itself cannot tell the assistant. */
  readonly note: (words: string) => void
}

/** Serves until standard input ends. @throws UsageError if the SDK is not installed or there is no such folder */
export async function serveAssistant({ folder, seconds, signal, note }: ServedFolder): Promise<void> {
  const root = await realpath(folder).catch((error: unknown) => {
    throw new UsageError(`${folder}: expected a folder that holds plans, but ${plainWords(error)}`)
  })
  const { Server, StdioServerTransport, CallToolRequestSchema, ListToolsRequestSchema } = await protocolPackage()
  const desk = new Desk(root, 1_000 * seconds)
  const server = new Server(
    { name: 'billcast', title: 'billcast', version: VERSION },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  )
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listedTools() }))
  server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal: canceled, sendNotification }) => {
    const progressToken = params._meta?.progressToken
    const onProgress = (progress: number, total: number) =>
      void sendNotification({
        method: 'notifications/progress',
        params: { progressToken: progressToken ?? 0, progress, total },
      }).catch(() => undefined)
    return calledTool(desk, params, AbortSignal.any([canceled, signal]), progressToken === undefined ? undefined : onProgress)
  })
  server.onerror = (error) => note(plainWords(error))
  const ended = new Promise<void>((resolve) => {
    server.onclose = resolve
    process.stdin.once('end', resolve).once('close', resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  await server.connect(new StdioServerTransport(process.stdin, process.stdout, { maxBufferSize: LONGEST_MESSAGE }))
  await ended
  await desk.close()
  await server.close()
}

const listedTools = () =>
  Object.entries(TOOLS).map(([name, { title, help, options }]) => ({
    ...{ name, title, description: help },
    inputSchema: optionsSchema(options) as { type: 'object' },
    outputSchema: ANSWER_SCHEMA as unknown as { type: 'object' },
    annotations: { title, readOnlyHint: true, idempotentHint: true, openWorldHint: false },
  }))

/** A mistake is an answer too, in the words of the command: the assistant may mend it. */
async function calledTool(
  desk: Desk,
  { name, arguments: given = {} }: CallToolRequest['params'],
  signal: AbortSignal,
  onProgress: ((done: number, total: number) => void) | undefined,
): Promise<CallToolResult> {
  try {
    if (!Object.hasOwn(TOOLS, name)) throw noSuchTool(name)
    const answer = boundedAnswer(await desk.answer({ tool: name, given, signal, ...(onProgress && { onProgress }) }))
    const structuredContent = withVisibleTexts(answer) as Record<string, unknown>
    return { content: [{ type: 'text', text: withVisibleTexts(answerText(answer)) as string }], structuredContent }
  } catch (error) {
    return { isError: true, content: [{ type: 'text', text: errorWords(error) }] }
  }
}

function noSuchTool(name: string): UsageError {
  const names = Object.keys(TOOLS)
  return new UsageError(`expected one of the tools ${names.join(', ')}${meantWords(name, names)}, got ${shown(name)}`)
}
