// Options as a JSON Schema, for programs that offer them to other programs.
import type { JsonSchema, Option, OptionGroup } from './option.ts'

/** The schema of an object that holds these options. */
export function optionsSchema(group: OptionGroup): JsonSchema {
  const options = Object.entries(group)
  return {
    type: 'object',
    properties: Object.fromEntries(
      options.map(([name, option]) => [name, { ...option.kind.schema, description: described(option) }]),
    ),
    required: options.filter(([, option]) => option.required).map(([name]) => name),
    additionalProperties: false,
  }
}

/** The help, the values that it takes, and the default. */
function described({ kind, help, default: own }: Option): string {
  const values = help.includes(kind.expected) ? '' : `. Expected: ${kind.expected}`
  return `${help}${values}${own === undefined ? '' : `. Default: ${own}`}`
}
