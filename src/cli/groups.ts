// The groups of commands in the help, in its order. A command names its own.

export const GROUPS = {
  start: 'Start with a plan:',
  run: 'Run plans:',
  decide: 'Decide:',
  learn: 'Learn from what happened:',
} as const

export type CommandGroup = keyof typeof GROUPS
