/**
 * Tests of user interfaces without a browser: `openBrowser()` connects to an application over `injectWS`, without a
 * port, and behaves as a page and a person before it would.
 */
import type { FastifyInstance } from 'fastify'
import { TestBrowser } from './browser.ts'
import type { BrowserOptions } from './options.ts'

/**
 * Opens a URL: the upgrade, the handshake and all that follows from it. Where the server closes the connection, say
 * for wrong credentials, `browser.closed` says so.
 * @param app - An application in which the plugin is registered. It need not listen.
 * @param url - Path of a route, e.g. `/panel`, or what `session.url()` returned.
 * @throws Error if the upgrade is refused.
 */
export async function openBrowser (app: FastifyInstance, url: string, options: BrowserOptions = {}): Promise<TestBrowser> {
  await app.ready()
  const browser = new TestBrowser(app, url, options)
  await browser.open()
  return browser
}

export { treeOf } from './tree.ts'
export type { WidgetDescription, WidgetTree } from './tree.ts'
export type { TestBrowser } from './browser.ts'
export type { DialectName } from './dialects/index.ts'
export type { By, Query } from './finder.ts'
export type { HandleOf } from './gestures/index.ts'
export type { ActOptions, Done, Dropped, WidgetHandle } from './handle.ts'
export type { Closed, Direction, RecordedFrame } from './line.ts'
export type { BrowserOptions } from './options.ts'
export type { Credentials, DefaultFont, Font } from './page.ts'
export type { ClassName } from './screen.ts'
export type { RefusedUpload, TestFile } from './uploads.ts'
