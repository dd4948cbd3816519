// Questions whose thread cannot help.
import { sensitivity } from 'billcast'
import { afterEach, expect, it } from 'vitest'
import { instead } from '../../setup/inline-sender.ts'

const plan = {
  conversations: { base: '45k to 60k' },
  offers: {
    one: { charges: [{ meter: 'conversations', price: 1 }] },
    two: { charges: [{ fee: 40_000 }] },
  },
}
const asked = { offer: 'one', trials: 1_024 } as const

afterEach(() => {
  delete instead.failure
  delete instead.answer
})

it('a question is answered on the calling thread if no other one starts', async () => {
  const expected = await sensitivity(plan, { ...asked, threads: 1 })
  instead.failure = new Error('no threads here')
  expect(await sensitivity(plan, { ...asked, threads: 2 })).toEqual(expected)
})

it('a question about a plan that cannot be copied is answered on the calling thread', async () => {
  const wrong = { ...plan, name: () => 'a plan' } as never
  await expect(sensitivity(wrong, { ...asked, threads: 2 })).rejects.toThrow('name')
})

it('an error of a thread rejects with the class that it has on the calling thread', async () => {
  await expect(sensitivity({ offers: {} } as never, { ...asked, threads: 2 })).rejects.toMatchObject({ name: 'ScenarioError' })
  await expect(sensitivity(plan, { ...asked, offer: 'three', threads: 2 })).rejects.toThrow('there is no offer "three"')
})

it('an answer of another kind is refused', async () => {
  instead.answer = () => 'unknown job'
  await expect(sensitivity(plan, { ...asked, threads: 2 })).rejects.toThrow('a worker thread returned no answer')
})
