/** What `npm start` serves, from one application, as it is. */
import { channel } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import { CloseCode } from 'fastify-pgwidgets'
import { openBrowser } from 'fastify-pgwidgets/testing'
import type { Page } from 'playwright-core'
import t from 'tap'
import type { Test } from 'tap'
import { build } from '../../examples/index.ts'
import { seriousFaults } from '../chromium/axe.ts'
import { launch } from '../chromium/support.ts'
import { newPage, serve } from './support.ts'

async function examples (t: Test): Promise<FastifyInstance> {
  const app = await build()
  t.teardown(() => app.close())
  await app.ready()
  return app
}

/** Signs in and returns the cookie. */
async function signIn (app: FastifyInstance, user: string, password: string): Promise<string> {
  const { cookies } = await app.inject({ method: 'POST', url: '/login', payload: { user, password } })
  return cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ')
}

t.test('the index leads to all examples, and each has a page', async t => {
  const app = await examples(t)
  const index = await app.inject('/')
  const links = [...index.body.matchAll(/href="\.(\/.*?)"/g)].map(([, url]) => url ?? '')
  t.ok(links.length >= 8)
  for (const url of links) t.match((await app.inject(url)).statusCode, url === '/machines' ? 302 : 200, url)
})

t.test('each example builds its interface', async t => {
  const app = await examples(t)
  for (const url of ['/hello', '/hello-async', '/gallery', '/windows', '/shared', '/hooks/open', '/hooks/keyed?key=demo']) {
    const browser = await openBrowser(app, url)
    t.ok(browser.session !== null && browser.session.widgets().length > 2, url)
    t.same(browser.errors, [], url)
    await browser.close()
  }
})

t.test('gallery', async t => {
  t.test('shows the frames that go by, but none that showing them causes', async t => {
    const app = await examples(t)
    const browser = await openBrowser(app, '/gallery')
    const pane = browser.get('Label', { where: ({ state }) => (state.font as unknown[])[0] !== null })
    const lines = (): string[] => (pane.text ?? '').split('\n')
    const shows = async (text: RegExp): Promise<void> => await browser.until(() => lines().some(line => text.test(line)))
    const level = browser.get('Slider', { nth: 0 })
    await level.drag(70)
    await shows(/→ callback Slider#\d+ activated 70/)
    await shows(/← call StatusBar#\d+ set_message "Slider at 70"/)
    t.notMatch(pane.text, `Label#${pane.wid} `)
    const kinds = browser.get('ComboBox', { nth: 0 })
    await kinds.select('callback')
    await browser.idle()
    t.ok(lines().length > 0 && lines().every(line => line.includes(' callback Slider')), lines().join('\n'))
    t.notMatch(pane.text, `ComboBox#${kinds.wid} `)
    await browser.get('CheckBox', 'Pause').click()
    await level.drag(20)
    await browser.idle()
    t.notMatch(pane.text, 'activated 20')
    await browser.get('CheckBox', 'Pause').click()
    await shows(/activated 20/)
    await browser.get('Button', 'Clear').click()
    await browser.idle()
    t.equal(pane.text, '')
  })

  t.test('listens to frames only while somebody looks at them', async t => {
    const app = await examples(t)
    t.equal(channel('pgwidgets:frame').hasSubscribers, false)
    const [one, two] = [await openBrowser(app, '/gallery'), await openBrowser(app, '/gallery')]
    one.session?.destroy()
    t.equal(channel('pgwidgets:frame').hasSubscribers, true)
    two.session?.destroy()
    t.equal(channel('pgwidgets:frame').hasSubscribers, false)
  })
})

t.test('route-hooks', async t => {
  t.test('shows hooks in the order in which they ran, for page and upgrade, and what happens in the session', async t => {
    const app = await examples(t)
    await app.inject('/hooks/open')
    const browser = await openBrowser(app, '/hooks/open')
    const other = await browser.secondBrowser()
    await other.get('Slider').drag(70)
    await browser.get('Button', 'Fail').click()
    const lines = browser.all('Label').map(({ text }) => text ?? '').filter(text => /^\d\d:/.test(text)).map(text => text.slice(8).trim().replace(/\s+/g, ' '))
    t.match(lines, [
      'Fastify onRequest page', 'Fastify preHandler page', 'Fastify onRequest upgrade', 'Fastify preHandler upgrade',
      /^plugin onConnect c\d+$/,
      'Fastify onRequest upgrade', 'Fastify preHandler upgrade',
      /^plugin onReconstruct c\d+ \d+ msgs$/, /^plugin onSync c\d+ level$/, 'plugin onSessionError it failed'
    ])
    const metrics = (await app.inject('/metrics')).body
    t.match(metrics, /pgwidgets_connections\{role="operator"\} 2\n/)
    t.match(metrics, /pgwidgets_callback_duration_seconds_count\{outcome="failed"\} 1\n/)
  })

  t.test('keeps the log of its two routes apart, and refuses who has no key', async t => {
    const app = await examples(t)
    t.equal((await app.inject('/hooks/keyed')).statusCode, 403)
    await t.rejects(openBrowser(app, '/hooks/keyed'), /403/)
    const browser = await openBrowser(app, '/hooks/keyed?key=demo')
    const lines = browser.all('Label').map(({ text }) => text ?? '').join('\n')
    t.match(lines, /preValidation +page[^]*preValidation +upgrade[^]*plugin onConnect[^]*own onConnect/)
    t.notMatch(lines, 'onRequest')
  })
})

t.test('protected', async t => {
  t.test('asks for a name and its password, and for a machine that there is', async t => {
    const app = await examples(t)
    t.match(await app.inject('/machines/1'), { statusCode: 302, headers: { location: '/login?next=%2Fmachines%2F1' } })
    await t.rejects(openBrowser(app, '/machines/1'), /401/)
    for (const payload of [{ user: 'ada', password: 'hopper' }, { user: 'constructor', password: 'x' }, {}]) {
      t.equal((await app.inject({ method: 'POST', url: '/login', payload })).statusCode, 401)
    }
    for (const [next, location] of [['/machines/2', '/machines/2'], ['//evil.example', '/machines'], ['/\\evil.example', '/machines'], ['https://evil.example', '/machines']]) {
      const answer = await app.inject({ method: 'POST', url: '/login', query: { next: next ?? '' }, payload: { user: 'ada', password: 'lovelace' } })
      t.match(answer, { statusCode: 303, headers: { location } }, String(next))
    }
    const cookie = await signIn(app, 'ada', 'lovelace')
    t.equal((await app.inject({ url: '/machines/9', headers: { cookie } })).statusCode, 404)
    await t.rejects(openBrowser(app, '/machines/9', { headers: { cookie } }), /404/)
    t.equal((await app.inject('/hello')).statusCode, 200, 'other examples are not behind this login')
  })

  t.test('shows the same machine in everybody\'s panel', async t => {
    const app = await examples(t)
    const [ada, grace] = [
      await openBrowser(app, '/machines/2', { headers: { cookie: await signIn(app, 'ada', 'lovelace') } }),
      await openBrowser(app, '/machines/2', { headers: { cookie: await signIn(app, 'grace', 'hopper') } })
    ]
    t.not(ada.session, grace.session)
    await ada.get('Slider').drag(2000)
    await ada.get('Button', 'Start').click()
    await grace.idle()
    t.equal(grace.get('Slider').value, 2000)
    await grace.get('Button', 'Stop').click()
    await ada.idle()
    t.ok(ada.find('Button', 'Start'))
    const cookie = await signIn(app, 'ada', 'lovelace')
    t.match((await app.inject({ url: '/machines', headers: { cookie } })).body, /href="\/machines\/2\?session=/, 'the list leads back to the open panel')
  })

  t.test('in a real browser: signing in, sharing, watching, taking back, signing out', async t => {
    const chromium = await launch(t)
    if (chromium === null) return
    const app = await examples(t)
    const base = await serve(app)
    const signInAs = async (page: Page, user: string, password: string): Promise<void> => {
      await page.getByLabel('Name').fill(user)
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
    }

    const { page, problems } = await newPage(t, chromium, { viewport: { width: 1280, height: 800 } })
    await page.goto(`${base}/machines`)
    await signInAs(page, 'ada', 'lovelace')
    await page.getByRole('link', { name: 'Lathe 1' }).click()
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByText('Running at').waitFor()
    await page.getByRole('button', { name: 'Share view-only link' }).click()
    await page.getByText('nobody is watching').waitFor()
    const link = await page.getByRole('textbox').inputValue()
    t.match(link, /^http:\/\/127\.0\.0\.1:\d+\/machines\/1#session=.+&token=.+$/)

    const { page: viewer } = await newPage(t, chromium, { viewport: { width: 390, height: 844 } })
    await viewer.goto(link)
    await signInAs(viewer, 'grace', 'hopper')
    await viewer.getByText('Running at').waitFor()
    await page.getByText('1 person is watching').waitFor()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await viewer.getByRole('button', { name: 'Start' }).waitFor()
    await viewer.getByRole('button', { name: 'Start' }).click({ force: true, timeout: 1000 }).catch(() => {})
    t.equal(await page.getByRole('button', { name: 'Start' }).count(), 1, 'who watches starts nothing')

    await page.getByRole('button', { name: 'Stop sharing' }).click()
    await viewer.getByText('This link was taken back').first().waitFor()
    await page.getByText('Not shared').waitFor()

    const list = await page.context().newPage()
    await list.goto(`${base}/machines`)
    await list.getByText('your panel is open').waitFor()
    await list.getByRole('button', { name: 'Sign out' }).click()
    await list.getByLabel('Name').waitFor()
    await page.getByText('You are not signed in any more').first().waitFor()
    t.same(problems, [])
  })
})

t.test('what people see of protected and route-hooks has nothing serious for axe', async t => {
  const chromium = await launch(t)
  if (chromium === null) return
  const app = await examples(t)
  const base = await serve(app)
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
      await t.test(`${colorScheme}, ${viewport.width} px wide`, async t => {
        const { page } = await newPage(t, chromium, { colorScheme, viewport, bypassCSP: true })
        const inOrder = async (what: string): Promise<void> => { t.same(await seriousFaults(page), [], what) }
        await page.goto(`${base}/machines/1`)
        await inOrder('the login')
        await page.getByLabel('Name').fill('ada')
        await page.getByLabel('Password').fill('lovelace')
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.getByRole('button', { name: 'Share view-only link' }).click()
        await page.getByText('nobody is watching').waitFor()
        await inOrder('a panel that is shared')
        const link = await page.getByRole('textbox').inputValue()
        await page.goto(`${base}/machines`)
        await inOrder('the list of machines')
        await page.goto('about:blank')
        await page.context().clearCookies()
        await page.goto(link)
        await page.getByLabel('Name').fill('grace')
        await page.getByLabel('Password').fill('hopper')
        await page.getByRole('button', { name: 'Sign in' }).click()
        await page.getByText('View only').waitFor()
        await inOrder('a panel to watch')
        await page.goto(`${base}/hooks/open`)
        await page.getByText('plugin onConnect').first().waitFor()
        await inOrder('the hooks of a route')
        await page.goto(`${base}/hooks/keyed?key=demo`)
        await page.getByText('own onConnect').first().waitFor()
        await inOrder('the hooks of a route with a key')
      })
    }
  }
})

t.test('the dialogs and menus of the gallery, and the windows, have nothing serious for axe', async t => {
  const chromium = await launch(t)
  if (chromium === null) return
  const app = await examples(t)
  const base = await serve(app)
  for (const [colorScheme, viewport] of [['light', { width: 1280, height: 800 }], ['dark', { width: 390, height: 844 }]] as const) {
    await t.test(`${colorScheme}, ${viewport.width} px wide`, async t => {
      const { page, problems } = await newPage(t, chromium, { colorScheme, viewport, bypassCSP: true, reducedMotion: 'reduce' })
      const inOrder = async (what: string): Promise<void> => { t.same(await seriousFaults(page), [], what) }
      const front = async (title: string): Promise<void> => { if (viewport.width < 600) await page.locator('.pg-switch', { hasText: title }).click() }
      await page.goto(`${base}/gallery`)
      await page.getByRole('menubar').waitFor({ state: 'attached' })
      await front('Gallery')
      for (const [button, answer] of [['Ask…', 'Not now'], ['Paint…', 'Cancel']] as const) {
        await page.getByRole('button', { name: button }).click()
        const closes = page.locator('.pg-modal').getByRole('button', { name: answer })
        await closes.waitFor()
        await inOrder(button)
        await closes.click()
      }
      await page.getByRole('menuitem', { name: 'File' }).click()
      await inOrder('a menu')
      await page.goto(`${base}/windows`)
      await page.getByRole('menubar').waitFor({ state: 'attached' })
      await front('Control room')
      await inOrder('windows in a workspace')
      t.same(problems, [])
    })
  }
})

t.test('closing the main window ends the session: nobody is left before an empty page', async t => {
  const app = await examples(t)
  for (const [url, title] of [['/hello', 'Remote App'], ['/hello-async', 'Remote App, asynchronous'], ['/gallery', 'Gallery'], ['/windows', 'Control room']] as const) {
    const browser = await openBrowser(app, url)
    const [session] = app.pgwidgets.sessions
    await browser.get('TopLevel', title).close()
    t.ok(session?.destroyed, url)
    t.match(browser.closed, { code: CloseCode.ended })
  }
})

t.test('windows', async t => {
  t.test('opens notes in the workspace, lays them out, and closes all once somebody has said so', async t => {
    const app = await examples(t)
    const browser = await openBrowser(app, '/windows')
    await browser.get('MenuAction', 'New note').click()
    await browser.get('MenuAction', 'Tile').click()
    t.equal(browser.all('MDISubWindow').length, 3)
    await browser.get('MenuAction', 'Close all…').click()
    await browser.get('Dialog').press('Cancel')
    t.equal(browser.all('MDISubWindow').length, 3)
    await browser.get('MenuAction', 'Close all…').click()
    await browser.get('Dialog').press('Close all')
    await browser.idle()
    t.equal(browser.all('MDISubWindow').length, 0)
    t.same(browser.errors, [])
    await browser.reload()
    t.equal(browser.all('MDISubWindow').length, 0)
  })
})
