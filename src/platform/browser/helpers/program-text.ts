// The program of a helper as a text, for pages that bundle the library: a bundle has no file that a worker could load. The build of
// `billcast/core`, which is such a file, leaves it out.
export const helperText = async (): Promise<string | undefined> => (await import('#generated/helper')).program
