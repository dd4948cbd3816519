// The places of a module that create a message: errors, problems, notes and warnings.
import ts from 'typescript-6'

export interface Construct {
  /** Its offset in the text that was parsed, and the same as line and character, from 0. */
  readonly at: number
  readonly line: number
  readonly character: number
  /** The named functions that it stands in, from the outside, such as `readHistory.add`. */
  readonly within: string
}

/** Lists and functions that take messages. */
const LISTS = /^(problems|notes|warnings|slips|refusals)$/
const TAKERS = /^(problem|addIssue|note|warn|report|told|tell|slip|say|wrong)$/
const ERROR = /(Error|^Gone|^ThreadLost|^Stopped)$/

/** The last name of `a`, `b.a` or `(0, b.a)`. */
function nameOf(node: ts.Node): string {
  if (ts.isIdentifier(node)) return node.text
  if (ts.isPropertyAccessExpression(node)) return node.name.text
  if (ts.isParenthesizedExpression(node)) return nameOf(node.expression)
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken) return nameOf(node.right)
  return ''
}

/** The property of an object of this name. */
const propertyOf = (node: ts.ObjectLiteralExpression, name: string): ts.ObjectLiteralElementLike | undefined =>
  node.properties.find((own) => own.name !== undefined && nameOf(own.name) === name)

/** What was created elsewhere: `error`, `issue.message`, or an object whose message is such a one. */
function passesOn(node: ts.Node): boolean {
  if (!ts.isObjectLiteralExpression(node)) return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)
  const message = propertyOf(node, 'message')
  return message === undefined || !ts.isPropertyAssignment(message) || passesOn(message.initializer)
}

function creates(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return ERROR.test(nameOf(node.expression))
  // `throw error` passes on an error that another line created.
  if (ts.isThrowStatement(node)) return ts.isCallExpression(node.expression)
  if (ts.isCallExpression(node)) {
    const { expression } = node
    if (ts.isPropertyAccessExpression(expression) && expression.name.text === 'push')
      return LISTS.test(nameOf(expression.expression))
    return TAKERS.test(nameOf(expression)) && !node.arguments.every(passesOn)
  }
  if (!ts.isObjectLiteralExpression(node)) return false
  return (propertyOf(node, 'path') ?? propertyOf(node, 'event')) !== undefined && !passesOn(node)
}

/** The name of a function or a class, as far as it has one. */
function named(node: ts.Node): string | undefined {
  if (ts.isConstructorDeclaration(node)) return 'constructor'
  const isNamed = ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isClassDeclaration(node)
  const holds =
    (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) &&
    node.initializer !== undefined &&
    (ts.isArrowFunction(node.initializer) || ts.isFunctionExpression(node.initializer))
  if (!(isNamed || holds) || node.name === undefined) return undefined
  return ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name) ? node.name.text : undefined
}

/** Of nested places, `problems.push({ path, message })`, the outer one. */
export function constructsOf(text: string): Construct[] {
  const file = ts.createSourceFile('module.js', text, ts.ScriptTarget.ESNext)
  const found: Construct[] = []
  const visit = (node: ts.Node, within: readonly string[]): void => {
    const name = named(node)
    const inner = name === undefined ? within : [...within, name]
    if (!creates(node)) return ts.forEachChild(node, (child) => visit(child, inner))
    const at = node.getStart(file)
    found.push({ at, ...file.getLineAndCharacterOfPosition(at), within: inner.join('.') })
  }
  visit(file, [])
  return found
}
