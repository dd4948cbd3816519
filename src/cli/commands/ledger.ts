import { ledgerFile, ledgerOptions } from '../../options/ledger.ts'
import { sampling } from '../../options/simulate.ts'
import { chosen, defineCommand, scenarioArgument } from '../command.ts'
import { runOnce } from '../once.ts'
import { fileToStdout } from '../streams.ts'

export const summary = 'book a plan: cash and accrual by month, account and cost center, as CSV'
export const group = 'decide'

export const command = defineCommand({
  arguments: [scenarioArgument],
  options: { ...sampling, ...ledgerFile },
  async run(flags, file) {
    const result = await runOnce(file, flags)
    const options = chosen(flags, ledgerOptions)
    if (flags.focus) return fileToStdout(result.ledgerFocus(options))
    const { csvText } = await import('../../present/tables/csv.ts')
    fileToStdout(csvText(result.ledgerData(options)))
  },
})
