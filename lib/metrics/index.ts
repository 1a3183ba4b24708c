/**
 * What goes on, as Prometheus metrics. Needs `prom-client` in the application:
 * `pgwidgetsMetrics(app, { register })`, then serve `register.metrics()`.
 */
import { channel } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import { Counter, Gauge, Histogram } from 'prom-client'
import type { Registry } from 'prom-client'
import type { Connection } from '../connection/connection.ts'
import type { Session } from '../session/session.ts'
import type { Telemetry } from '../telemetry.ts'

/** How metrics are made. */
export interface MetricsOptions {
  /** Where they are registered. */
  register: Registry
  /** Start of their names. @default 'pgwidgets_' */
  prefix?: string
}

/** Seconds: handlers and replays take from a fraction of a millisecond to some seconds. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** Registers the metrics of an application's sessions. They are taken away when it closes. */
export function pgwidgetsMetrics (app: FastifyInstance, { register, prefix = 'pgwidgets_' }: MetricsOptions): void {
  const registers = [register]
  const { sessions } = app.pgwidgets
  const connections = (): Connection[] => [...sessions].flatMap(session => session.connections)
  const ours = (session: Session | null): boolean => session === null || sessions.get(session.id) === session || session.destroyed

  const metrics = [
    // Gauges are counted when they are read, so that they cannot drift from what they count.
    new Gauge({
      name: `${prefix}sessions`,
      help: 'Sessions, by whether a browser shows them',
      labelNames: ['state'],
      registers,
      collect () {
        this.set({ state: 'live' }, sessions.size - sessions.detachedSize)
        this.set({ state: 'detached' }, sessions.detachedSize)
      }
    }),
    new Gauge({
      name: `${prefix}connections`,
      help: 'Connected browsers, by what they may do',
      labelNames: ['role'],
      registers,
      collect () {
        const all = connections()
        for (const role of ['operator', 'viewer']) this.set({ role }, all.filter(connection => connection.role === role).length)
      }
    }),
    new Gauge({
      name: `${prefix}queue_bytes`,
      help: 'Bytes that wait to be sent to browsers',
      registers,
      collect () { this.set(connections().reduce((sum, { queuedBytes }) => sum + queuedBytes, 0)) }
    })
  ]

  const frames = new Counter({ name: `${prefix}frames_total`, help: 'Frames of connections that have ended, by direction', labelNames: ['direction'], registers })
  const bytes = new Counter({ name: `${prefix}bytes_total`, help: 'Bytes of connections that have ended, by direction', labelNames: ['direction'], registers })
  const invalid = new Counter({ name: `${prefix}invalid_frames_total`, help: 'Invalid frames of connections that have ended', registers })
  const opened = new Counter({ name: `${prefix}connects_total`, help: 'Browsers let in, by whether their session was new', labelNames: ['session'], registers })
  const refusals = new Counter({ name: `${prefix}refusals_total`, help: 'Browsers not let in, or shown out, by reason', labelNames: ['reason'], registers })
  const limits = new Counter({ name: `${prefix}limits_total`, help: 'Limits that were met, by option', labelNames: ['limit'], registers })
  const syncs = new Counter({ name: `${prefix}syncs_total`, help: 'Changes of one browser passed on to the others', registers })
  const destroyed = new Counter({ name: `${prefix}sessions_destroyed_total`, help: 'Sessions that ended', registers })
  const callbacks = new Histogram({ name: `${prefix}callback_duration_seconds`, help: 'Run time of handlers, by outcome', labelNames: ['outcome'], buckets: BUCKETS, registers })
  const replays = new Histogram({ name: `${prefix}replay_duration_seconds`, help: 'Time to make and hand over a replay', buckets: BUCKETS, registers })

  const off = [
    on('connect', ({ session, fresh }) => { if (ours(session)) opened.inc({ session: fresh ? 'new' : 'known' }) }),
    on('disconnect', ({ session, connection: { counts, sent } }) => {
      if (!ours(session)) return
      frames.inc({ direction: 'in' }, counts.framesIn)
      frames.inc({ direction: 'out' }, sent.frames)
      bytes.inc({ direction: 'in' }, counts.bytesIn)
      bytes.inc({ direction: 'out' }, sent.bytes)
      invalid.inc(counts.invalid)
    }),
    on('refusal', ({ reason }) => refusals.inc({ reason })),
    on('limit', ({ limit, session }) => { if (ours(session)) limits.inc({ limit }) }),
    on('sync', ({ session }) => { if (ours(session)) syncs.inc() }),
    on('callback', ({ session, duration, error }) => { if (ours(session)) callbacks.observe({ outcome: error === undefined ? 'done' : 'failed' }, duration / 1000) }),
    on('reconstruct', ({ session, duration }) => { if (ours(session)) replays.observe(duration / 1000) }),
    on('destroy', ({ session }) => { if (ours(session)) destroyed.inc() })
  ]

  app.addHook('onClose', async () => {
    for (const unsubscribe of off) unsubscribe()
    for (const { name } of [...metrics, frames, bytes, invalid, opened, refusals, limits, syncs, destroyed, callbacks, replays] as unknown as Array<{ name: string }>) register.removeSingleMetric(name)
  })
}

function on<Name extends keyof Telemetry> (name: Name, listener: (message: Telemetry[Name]) => void): () => void {
  const events = channel(`pgwidgets:${name}`)
  const subscriber = (message: unknown): void => listener(message as Telemetry[Name])
  events.subscribe(subscriber)
  return () => { events.unsubscribe(subscriber) }
}
