/** What the security tests share: links, what becomes of a visitor, and what telemetry says meanwhile. */
import { channel, tracingChannel } from 'node:diagnostics_channel'
import type { TracingChannelSubscribers } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import type { Connection, Grant, GrantOptions, Session, Telemetry, Traces } from '../../lib/index.ts'
import { connect } from '../support/app.ts'
import type { Upgrade } from '../support/app.ts'
import type { Browser } from '../support/browser.ts'

/** Credentials as a browser shows them. */
export interface Shown { readonly session_id?: unknown, readonly token?: unknown }

/** The credentials that a link carries. */
export function shownBy (url: string): { session_id: string, token: string } {
  const fragment = new URLSearchParams(new URL(url, 'http://localhost').hash.slice(1))
  return { session_id: fragment.get('session') ?? '', token: fragment.get('token') ?? '' }
}

/** A link to a session, and what it shows. */
export function link (session: Session, options: GrantOptions = {}): { grant: Grant, shown: { session_id: string, token: string } } {
  const grant = session.grant(options)
  return { grant, shown: shownBy(grant.url()) }
}

/** Subscribes to a telemetry channel until the end of the test. */
export function hear<Name extends keyof Telemetry> (t: Test, name: Name): Array<Telemetry[Name]> {
  const heard: Array<Telemetry[Name]> = []
  const note = (message: unknown): void => { heard.push(message as Telemetry[Name]) }
  channel(`pgwidgets:${name}`).subscribe(note)
  t.teardown(() => { channel(`pgwidgets:${name}`).unsubscribe(note) })
  return heard
}

/** Hears of the work that a tracing channel tells of, once when it has ended, until the end of the test. */
export function hearTraces<Name extends keyof Traces> (t: Test, name: Name): Array<Traces[Name]> {
  const heard: Array<Traces[Name]> = []
  const note = (message: unknown): void => { heard.push(message as Traces[Name]) }
  const subscribers = {
    end: (message: object) => { if ('duration' in message) note(message) },
    asyncEnd: note
  } as TracingChannelSubscribers<object>
  tracingChannel(`pgwidgets:${name}`).subscribe(subscribers)
  t.teardown(() => { tracingChannel(`pgwidgets:${name}`).unsubscribe(subscribers) })
  return heard
}

/** Fails where anything throws unhandled during the test. */
export function watchForUnhandled (t: Test): unknown[] {
  const failures: unknown[] = []
  const note = (error: unknown): void => { failures.push(error) }
  process.on('unhandledRejection', note)
  process.on('uncaughtException', note)
  t.teardown(() => {
    process.off('unhandledRejection', note)
    process.off('uncaughtException', note)
  })
  return failures
}

/** What became of somebody who came: the session and role, a close code, or the HTTP status of a refused upgrade. */
export interface Outcome { readonly browser?: Browser, readonly id?: string, readonly role?: string, readonly code?: number, readonly status?: number }

/** Comes, and says what became of it. */
export async function visit (app: FastifyInstance, path: string, upgrade: Upgrade = {}): Promise<Outcome> {
  let browser: Browser
  try {
    browser = await connect(app, path, upgrade)
  } catch (error) {
    return { status: Number(/\b([1-5]\d\d)\b/.exec((error as Error).message)?.[1] ?? 0) }
  }
  const verdict = await Promise.race([browser.ready(), browser.closed])
  if ('code' in verdict && typeof verdict.code === 'number') return { browser, code: verdict.code }
  const [info] = browser.of('session-info')
  return { browser, id: info?.session_id as string, role: (info?.role as string | undefined) ?? 'operator' }
}

/** The server's end of the line of a browser that came last. */
export function latest (session: Session): Connection {
  const connection = session.connections.at(-1)
  if (connection === undefined) throw new Error('nobody is connected')
  return connection
}
