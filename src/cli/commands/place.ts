import { placeFolder } from '../../platform/node/results-folder.ts'
import { defineCommand, folderArgument } from '../command.ts'
import { quiet, waitLock } from '../options.ts'
import { openingOf } from '../out.ts'
import { interruptible } from '../watched.ts'
import { toStderr } from '../streams.ts'

export const summary = 'put results in place that wait beside earlier ones, because a program kept those open'
export const group = 'run'

export const command = defineCommand({
  arguments: [folderArgument],
  options: { waitLock, quiet },
  async run(flags, folder) {
    await placeFolder(folder, openingOf(flags, interruptible()))
    if (!flags.quiet) toStderr(`The results in ${folder} are in place.\n`)
  },
})
