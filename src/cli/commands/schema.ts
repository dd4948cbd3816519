import { builtJsonSchema } from '../../platform/node/schema.ts'
import { defineCommand } from '../command.ts'
import { printJson } from '../print.ts'

export const summary = 'print the JSON Schema of a scenario, for editors'
export const group = 'start'

export const command = defineCommand({
  options: {},
  after: `
An editor checks and completes a scenario whose first line names the schema:
  billcast schema > billcast.schema.json
  # yaml-language-server: $schema=billcast.schema.json`,
  run: () => printJson(builtJsonSchema()),
})
