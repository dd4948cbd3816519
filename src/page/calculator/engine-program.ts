// The programs of the engine as texts. The small one is in the first load, and runs plans without files. It needs the YAML library of the page,
// whose text comes with it.
import { pagePart } from './parts.ts'

/** The engine without that library, which the build puts in. */
declare const ENGINE: string
/** Makes the library that reads YAML, for the page and for the engine, whose program lacks it (scripts/calculator.mjs). */
declare const billcastYaml: () => unknown

const small = (): string => `${billcastYaml.toString()};${ENGINE}`

/** @param files whether plans name files. The program that reads tables of them is a part that loads later */
export const engineProgram = async (files: boolean): Promise<string> =>
  files ? `self.billcastEngine=1;${await pagePart('billcastFiles')}` : small()
