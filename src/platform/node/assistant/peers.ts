// The SDK of the Model Context Protocol, which only a server for assistants needs. It is not installed with billcast.
import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import type { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import type { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { unbundled } from '../../../optional.ts'
import { optional } from '../optional.ts'

interface ProtocolPackage {
  readonly Server: typeof Server
  readonly StdioServerTransport: typeof StdioServerTransport
  readonly CallToolRequestSchema: typeof CallToolRequestSchema
  readonly ListToolsRequestSchema: typeof ListToolsRequestSchema
}

const SDK = '@modelcontextprotocol/sdk'

/** @throws UsageError if it is not installed */
export const protocolPackage = (): Promise<ProtocolPackage> =>
  optional(
    async () => {
      const parts = await Promise.all(['server/index.js', 'server/stdio.js', 'types.js'].map((part) => unbundled(`${SDK}/${part}`)))
      return Object.assign({}, ...parts) as ProtocolPackage
    },
    SDK,
    'a server for assistants',
  )
