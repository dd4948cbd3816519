// The groups of commands in the help, in this order.
export const GROUPS = {
  start: 'Start with a plan:',
  run: 'Run plans:',
  decide: 'Make a decision:',
  learn: 'Learn from past months:',
} as const

export type CommandGroup = keyof typeof GROUPS
