// How runs into folders are saved.

/** Seconds between two checkpoints, unless stated. */
const EVERY = 5

export const checkpointMilliseconds = (seconds = EVERY): number => 1_000 * seconds
