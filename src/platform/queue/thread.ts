// A thread's own connection to Redis, opened when it is first needed.
import type { Redis } from 'ioredis'
import type { Address } from './address.ts'
import { connect } from './connection.ts'

export interface RedisReach {
  readonly address: Address
  readonly wait: number
}

let known: { readonly key: string; readonly redis: Promise<Redis> } | undefined

export function threadRedis({ address, wait }: RedisReach): Promise<Redis> {
  const key = JSON.stringify(address)
  if (known?.key !== key) {
    const own = {
      key,
      redis: connect(address, wait).then(({ redis, lost }) => {
        lost.catch(forget)
        return redis
      }),
    }
    const forget = () => {
      if (known === own) known = undefined
    }
    known = own
    own.redis.catch(forget)
  }
  return known.redis
}
