// account: the general-ledger account that a charge is booked on.
import { ParameterError, isVisible } from '../../errors.ts'
import type { FieldOptions } from '../field.ts'
import { field } from '../fields.ts'

const LONGEST = 100

/** A code such as `62110` or `CX-210`. A number is read as it is written. */
export const codeField = (options: Pick<FieldOptions, 'label' | 'help' | 'otherwise' | 'words'>) =>
  field('text', { ...options, expected: `a code of up to ${LONGEST} visible characters, such as 62110` }, (raw, { expected }) => {
    const text = Number.isSafeInteger(raw) ? String(raw) : raw
    if (typeof text === 'string' && text.trim() !== '' && text.length <= LONGEST && isVisible(text)) return text
    throw new ParameterError('', expected, raw)
  })

export const account = codeField({
  label: 'Account',
  help: 'general-ledger account of the charge, such as 62110; it takes the place of the account of its layer',
  otherwise: 'that of its layer in `ledger.accounts`',
  words: (value) => `booked on account ${value}`,
})
