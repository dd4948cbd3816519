import type { Finished } from './run.ts'

/** Titles of offers that differ from the name. */
export const titlesOf = ({ offers }: Pick<Finished['scenario'], 'offers'>): Readonly<Record<string, string>> =>
  Object.fromEntries(offers.flatMap(({ name, title = name }) => (title === name ? [] : [[name, title] as const])))
