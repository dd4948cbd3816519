// The worker that reads and writes files. It loads when the first file is dropped or exported.
import { messageOf } from '../../../errors.ts'
import { fittedFile } from './fitted.ts'
import type { FilesMessage, FilesReply } from './protocol.ts'
import { writtenFile } from './written.ts'

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: FilesMessage }) => void) | null
  postMessage(reply: FilesReply): void
}

scope.onmessage = ({ data: { id, wish } }) => {
  const work = wish.kind === 'fit' ? fittedFile(wish) : writtenFile(wish)
  void work.then(
    (answer) => scope.postMessage({ id, answer }),
    (error: unknown) => scope.postMessage({ id, failure: messageOf(error) }),
  )
}
