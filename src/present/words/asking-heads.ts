// The words around the table of prices to ask for. The page of the calculator imports them without all that knows charges.
/** The head of each column. */
export const ASKED_HEAD = ['Contract', 'In the plan', 'Same budget at', 'Clear choice at'] as const

/** How to read the table. */
export const ASKED_NOTE =
  'One price changes, all others stay. Same budget: its P80 is at most the lowest one of the others. Clear choice: the verdict is clear for it.'
