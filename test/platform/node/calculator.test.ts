// The calculator server answers requests with its token from this machine, and refuses all others.
import { describe, expect, it } from 'vitest'
import { type ServerRequest, replyTo, type ServedPage } from '../../../src/platform/node/calculator/answer.ts'
import { pageWithPlan } from '../../../src/platform/node/calculator/server.ts'

const page: ServedPage = {
  port: 4321,
  token: 'secret',
  files: new Map([
    ['index.html', { type: 'text/html', body: '<p>page</p>' }],
    ['calculator.js', { type: 'text/javascript', body: 'run()' }],
  ]),
}
const asked = (more: ServerRequest) => replyTo({ method: 'GET', host: '127.0.0.1:4321', url: '/secret/', ...more }, page)

describe('the server of the calculator', () => {
  it('sends the page and its files to the address with the token', () => {
    expect(asked({})).toMatchObject({ status: 200, body: '<p>page</p>' })
    expect(asked({ url: '/secret/calculator.js?v=1', host: 'localhost:4321' })).toMatchObject({ status: 200, body: 'run()' })
    expect(asked({ method: 'HEAD' })).toMatchObject({ status: 200, body: '', headers: { 'content-type': 'text/html' } })
  })

  it.each([
    ['no token', { url: '/' }, 403],
    ['a file without a token', { url: '/calculator.js' }, 403],
    ['a wrong token', { url: '/secreT/' }, 403],
    ['a longer token', { url: '/secret2/' }, 403],
    ['a token in a query', { url: '/?secret/' }, 403],
    ['no address', { url: undefined }, 403],
    ['the name of another site', { host: 'evil.example:4321' }, 403],
    ['another port', { host: '127.0.0.1:80' }, 403],
    ['no host', { host: undefined }, 403],
    ['a message', { method: 'POST' }, 405],
    ['no method', { method: undefined }, 405],
    ['a token without a folder', { url: '/secret' }, 404],
    ['a file outside', { url: '/secret/../package.json' }, 404],
    ['a file of another name', { url: '/secret/%2e%2e%2fpackage.json' }, 404],
  ])('refuses %s', (_, request, status) => {
    const reply = asked(request)
    expect(reply.status).toBe(status)
    expect(reply.body).not.toContain('page</p>')
    expect(reply.headers['content-security-policy']).toContain("default-src 'none'")
  })

  it('lets no frame, no other origin and no cache have the page, and sends its address nowhere', () => {
    expect(asked({}).headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
  })
})

it('a plan and its files stand in the page as data, which cannot end its element or become a pattern', () => {
  const plan = "name: '</script><script>alert(1)</script> $& $1'\n"
  const files = { texts: { '</script>.csv': 'month\n<!--' }, refused: { 'b.csv': '$& is <b>outside</b>' } }
  const html = pageWithPlan('<body><!--plan--><div></div>', { plan, files })
  const element = (id: string) => `<script type="application/json" id="${id}">(.*)</script>`
  const [, ...data] = new RegExp(`^<body>${element('plan')}${element('files')}<div></div>$`).exec(html) ?? []
  expect(data.join('')).not.toContain('<')
  expect(data.map((text) => JSON.parse(text) as unknown)).toEqual([plan, files])
  expect(pageWithPlan('<body><!--plan-->', undefined)).toBe('<body>')
})
