/**
 * What goes on, as Prometheus metrics. Needs `prom-client` in the application:
 * `pgwidgetsMetrics(app, { register })`, then serve `register.metrics()`.
 */
import { channel } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'
import { Counter, Gauge, Histogram } from 'prom-client'
import type { Registry } from 'prom-client'
import type { Connection } from '../connection/connection.ts'
import { InvalidOptionError } from '../errors.ts'
import type { Telemetry, Traces } from '../telemetry.ts'
import { Traffic } from './traffic.ts'

/** How metrics are made. */
export interface MetricsOptions {
  /** Where they are registered. */
  register: Registry
  /** Start of their names. Applications that share a register need one each. @default 'pgwidgets_' */
  prefix?: string
}

/** Seconds: handlers and replays take from a fraction of a millisecond to some seconds. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/**
 * Registers the metrics of an application's sessions; they are taken away when it closes. Call it before the
 * application is ready, and once.
 * @throws PGW_ERR_INVALID_OPTION if there are metrics of these names already.
 */
export function pgwidgetsMetrics (app: FastifyInstance, { register, prefix = 'pgwidgets_' }: MetricsOptions): void {
  const { sessions } = app.pgwidgets
  const off: Array<() => void> = []
  const names: string[] = []
  // First, since it throws where it is too late: nothing may be left behind then.
  app.addHook('onClose', async () => {
    for (const unsubscribe of off) unsubscribe()
    for (const name of names) register.removeSingleMetric(name)
  })

  /** What all metrics have in common. */
  const called = <Label extends string = never>(name: string, help: string, ...labelNames: Label[]): { name: string, help: string, labelNames: Label[], registers: [] } => {
    const full = prefix + name
    if (register.getSingleMetric(full) !== undefined) throw new InvalidOptionError('prefix', `must set these metrics apart from others of the register, which has ${full} already`)
    names.push(full)
    return { name: full, help, labelNames, registers: [] }
  }
  const add = <Kind extends Counter<string> | Histogram<string>>(metric: Kind): Kind => {
    register.registerMetric(metric)
    return metric
  }
  /** Listens to what happens in this application; others of the process publish on the same channels. */
  const listen = <Told extends { readonly sessions: unknown }>(name: string, listener: (told: Told) => void): void => {
    const events = channel(name)
    const subscriber = (message: unknown): void => { if ((message as Told).sessions === sessions) listener(message as Told) }
    events.subscribe(subscriber)
    off.push(() => { events.unsubscribe(subscriber) })
  }
  const on = <Name extends keyof Telemetry>(name: Name, listener: (message: Telemetry[Name]) => void): void => listen(`pgwidgets:${name}`, listener)
  const begun = <Name extends keyof Traces>(name: Name, listener: (message: Traces[Name]) => void): void => listen(`tracing:pgwidgets:${name}:start`, listener)
  /** Hears of each piece of work once, when it has ended: what ended in its own turn has a duration at `end` already. */
  const ended = <Name extends keyof Traces>(name: Name, listener: (message: Traces[Name] & { duration: number }) => void): void => {
    listen<Traces[Name]>(`tracing:pgwidgets:${name}:end`, told => { if (told.duration !== undefined) listener(told as Traces[Name] & { duration: number }) })
    listen(`tracing:pgwidgets:${name}:asyncEnd`, listener)
  }

  const connections = (): Connection[] => [...sessions].flatMap(session => session.connections)
  const traffic = new Traffic(connections())

  // Gauges are counted when they are read, so that they cannot drift from what they count.
  register.registerMetric(new Gauge({
    ...called('sessions', 'Sessions, by whether a browser shows them', 'state'),
    collect () {
      this.set({ state: 'live' }, sessions.size - sessions.detachedSize)
      this.set({ state: 'detached' }, sessions.detachedSize)
    }
  }))
  register.registerMetric(new Gauge({
    ...called('connections', 'Browsers that show a session, by what they may do', 'role'),
    collect () {
      const all = connections()
      for (const role of ['operator', 'viewer'] as const) this.set({ role }, all.filter(connection => connection.role === role).length)
    }
  }))
  register.registerMetric(new Gauge({
    ...called('queue_bytes', 'Bytes that wait to be sent to browsers'),
    collect () { this.set(connections().reduce((sum, { queuedBytes }) => sum + queuedBytes, 0)) }
  }))
  // So are counters of what connections count for themselves; they can only be set from nothing.
  register.registerMetric(new Counter({
    ...called('frames_total', 'Frames, by direction', 'direction'),
    collect () {
      const { framesIn, framesOut } = traffic.total
      this.reset()
      this.inc({ direction: 'in' }, framesIn)
      this.inc({ direction: 'out' }, framesOut)
    }
  }))
  register.registerMetric(new Counter({
    ...called('bytes_total', 'Bytes, by direction', 'direction'),
    collect () {
      const { bytesIn, bytesOut } = traffic.total
      this.reset()
      this.inc({ direction: 'in' }, bytesIn)
      this.inc({ direction: 'out' }, bytesOut)
    }
  }))
  register.registerMetric(new Counter({
    ...called('messages_total', 'Messages of browsers, by whether they had an effect, and why not: they were not allowed, came too late, or from a viewer', 'outcome'),
    collect () {
      const { taken, invalid, stale, watching } = traffic.total
      this.reset()
      this.inc({ outcome: 'taken' }, taken)
      this.inc({ outcome: 'invalid' }, invalid)
      this.inc({ outcome: 'stale' }, stale)
      this.inc({ outcome: 'viewer' }, watching)
    }
  }))
  register.registerMetric(new Counter({
    ...called('coalesced_calls_total', 'Calls that a slow browser was spared because a newer one took their place'),
    collect () {
      this.reset()
      this.inc(traffic.total.coalesced)
    }
  }))

  const connects = add(new Counter(called('connects_total', 'Browsers let in, by whether their session was new', 'session')))
  const refusals = add(new Counter(called('refusals_total', 'Browsers not let in, or shown out, by reason', 'reason')))
  const limits = add(new Counter(called('limits_total', 'Limits that were met, by option', 'limit')))
  const syncs = add(new Counter(called('syncs_total', 'Changes of one browser passed on to the others')))
  const destroyed = add(new Counter(called('sessions_destroyed_total', 'Sessions that ended')))
  const callbacks = add(new Histogram({ ...called('callback_duration_seconds', 'Run time of handlers, by outcome', 'outcome'), buckets: BUCKETS }))
  const replays = add(new Histogram({ ...called('replay_duration_seconds', 'Time to make and hand over a replay'), buckets: BUCKETS }))

  begun('connect', ({ connection, fresh }) => {
    traffic.add(connection)
    connects.inc({ session: fresh ? 'new' : 'known' })
  })
  on('disconnect', ({ connection }) => traffic.end(connection))
  on('refusal', ({ reason }) => refusals.inc({ reason }))
  on('limit', ({ limit }) => limits.inc({ limit }))
  on('sync', () => syncs.inc())
  ended('callback', told => callbacks.observe({ outcome: 'error' in told ? 'failed' : 'done' }, told.duration / 1000))
  ended('reconstruct', ({ duration }) => replays.observe(duration / 1000))
  begun('destroy', () => destroyed.inc())
}
