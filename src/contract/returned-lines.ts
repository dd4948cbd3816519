// The line of resolutions whose customers came back, which `counted: { returned: credited }` takes off the bill.
import { formatQuantity } from '../notation/money.ts'
import type { LineKinds } from './lines.ts'

export const returnedLines: LineKinds = {
  'credit for returns': {
    explain: ({ quantity, at, off }) => `${formatQuantity(-quantity)} billed before came back, each at ${at}${off}`,
    filed: 'adjustment',
    unit: 'Resolutions',
  },
}
