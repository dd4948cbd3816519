// Finds and makes elements of the page. The report writes them, so a missing one is a defect.

type Kind<T extends Element> = abstract new (...given: never[]) => T

export function element<T extends Element>(id: string, kind: Kind<T>): T {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`the report has no element ${id}`)
  return found
}

/** A new element with attributes and contents. Text is never read as HTML. */
export function made<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  ...contents: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...contents)
  return node
}
