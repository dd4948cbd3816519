// Checks that every distribution makes of its parameters, written so that NaN fails them.
import { ParameterError } from '../../errors.ts'

export function finite(parameter: string, value: number): void {
  if (!(value > -Infinity && value < Infinity)) throw new ParameterError(parameter, 'a finite number', value)
}

export function positive(parameter: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new ParameterError(parameter, 'a finite number > 0', value)
}

export function above(parameter: string, value: number, bound: number, of: string): void {
  if (!(value > bound && value < Infinity)) throw new ParameterError(parameter, `a number above ${of} (${bound})`, value)
}
