// Names in commands that a message advises.

/** A text as one word of a shell, in quotes if it needs them. */
export const shellWord = (text: string): string => (/^[\p{L}\p{N}_./-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)
