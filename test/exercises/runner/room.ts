/** A page in Chromium in which one exercise after the other is done. */
import { isDeepStrictEqual } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { ScriptedServer } from '../../chromium/support.ts'
import type { Behaviour, Frame, Peer, Request } from '../../chromium/support.ts'
import { SUBJECT } from '../exercise.ts'
import type { CallbackExercise, ClassExercises, Gesture, MethodExercise, Stage } from '../exercise.ts'
import type {} from './entry.ts'
import { build, callOf, definitionOf } from './places.ts'
import type { Step } from './places.ts'

/** A class's exercise. */
export interface Task<Exercise = MethodExercise | CallbackExercise> {
  readonly class: string
  readonly exercises: ClassExercises
  readonly member: string
  readonly exercise: Exercise
}

/** How long anything may take, ms. */
const PATIENCE = 3000
/** How long what a method does may take to be seen, ms. */
const LATE = 500
/** The same for a method that is emptied. */
const LATE_MUTANT = 100
/** A corner in which nothing is. */
const NOWHERE = [999, 699] as const

/** Keys of events that are no two times alike. */
const RESTLESS = new Set(['time_stamp', 'pointer_id'])

/** The page of a room, and the server's end of its line. */
interface Furniture { readonly page: Page, readonly peer: Peer, readonly stage: Stage }

export class Room {
  readonly #context: BrowserContext
  readonly #server: ScriptedServer
  #furniture: Furniture | null = null
  /** What is seen without the call, by all that comes before it. */
  readonly #baselines = new Map<string, string>()
  readonly #gestures = new Map<Gesture, number>()
  /** What the page threw. */
  readonly #faults: string[] = []
  #session = 0
  /** Somebody has used pointer or keys. */
  #touched = false

  private constructor (context: BrowserContext, server: ScriptedServer) {
    this.#context = context
    this.#server = server
  }

  static async open (t: Parameters<typeof ScriptedServer.start>[0], browser: Browser, behaviour: Behaviour): Promise<Room> {
    const server = await ScriptedServer.start(t, behaviour)
    const room = new Room(await browser.newContext({ viewport: { width: 1000, height: 700 }, reducedMotion: 'reduce' }), server)
    await room.#furnish()
    return room
  }

  async #furnish (): Promise<Furniture> {
    if (this.#furniture !== null) return this.#furniture
    const page = await this.#context.newPage()
    page.setDefaultTimeout(PATIENCE)
    page.on('pageerror', error => this.#faults.push(`the page threw ${error.message}`))
    page.on('console', message => { if (/Content.Security.Policy/i.test(message.text())) this.#faults.push(message.text()) })
    await page.goto(this.#server.url)
    const peer = await this.#server.connection()
    await peer.greet()
    const stage: Stage = {
      page,
      subject: page.locator('.pg-scene:not(.pg-retired) [data-subject]'),
      call: async (...call) => (await this.#send(peer, [callOf(SUBJECT, call)]))[0]?.value
    }
    this.#furniture = { page, peer, stage }
    return this.#furniture
  }

  /** After a failure nobody knows what the page is in the middle of: the next exercise gets another one. */
  async #clear (): Promise<void> {
    const furniture = this.#furniture
    this.#furniture = null
    this.#touched = false
    await furniture?.page.close()
  }

  /** The methods that each class of the page has of its own, by class. */
  async ownMethods (names: readonly string[]): Promise<Record<string, string[]>> {
    const { page } = await this.#furnish()
    return await page.evaluate(names => Object.fromEntries(names.map(name => [name, onTrial.ownMethods(name)])), names)
  }

  /** Does the exercise of a method that is emptied. Returns what is wrong; null if the exercise does not notice. */
  async mutant (task: Task<MethodExercise>): Promise<string | null> {
    const className = definitionOf(task.class, task.exercises).class
    const { page } = await this.#furnish()
    this.#baselines.clear()
    await page.evaluate(([className, method]) => onTrial.empty(className, method), [className, task.member] as const)
    try {
      return await this.method(task, LATE_MUTANT)
    } finally {
      this.#baselines.clear()
      if (this.#furniture?.page === page) await page.evaluate(() => onTrial.restore())
    }
  }

  /** Does the exercise of a method. Returns what is wrong; null if nothing is. */
  async method (task: Task<MethodExercise>, patience = LATE): Promise<string | null> {
    return await this.#attempt(async () => {
      const { exercise, member } = task
      if ('answers' in exercise) {
        const { value } = await this.#run(task, member)
        return fits(value, exercise.answers) ? null : `answers ${JSON.stringify(value)}, not ${JSON.stringify(exercise.answers)}`
      }
      const before = await this.#baseline(task)
      let seen = await this.#run(task, member)
      const deadline = performance.now() + patience
      while (seen.sight === before && performance.now() < deadline) seen = { ...seen, sight: await this.#look(task, seen.reports) }
      return seen.sight === before ? 'makes no difference' : null
    })
  }

  /** Does the exercise of an action. Returns what is wrong; null if nothing is. */
  async callback ({ exercise, member, ...task }: Task<CallbackExercise>): Promise<string | null> {
    return await this.#attempt(async () => {
      const { peer, stage } = await this.#build({ ...task, member, exercise }, [member])
      this.#touched = true
      await exercise.gesture(stage)
      const { args } = await peer.callback(SUBJECT, member)
      if (typeof exercise.args === 'function') return exercise.args(args) ? null : `reports ${JSON.stringify(args)}`
      return fits(args, exercise.args) ? null : `reports ${JSON.stringify(args)}, not ${JSON.stringify(exercise.args)}`
    })
  }

  /** Whether the same steps lead to the same sight. Returns what differs. */
  async steady (task: Task<MethodExercise>): Promise<string | null> {
    return await this.#attempt(async () => {
      const first = (await this.#run(task, null)).sight.split('\n')
      const second = (await this.#run(task, null)).sight.split('\n')
      const at = first.findIndex((line, i) => line !== second[i])
      return at === -1 && first.length === second.length ? null : `is not the same twice:\n${first[at] ?? ''}\n${second[at] ?? ''}`
    })
  }

  async #baseline (task: Task<MethodExercise>): Promise<string> {
    const { create, before, then, shows } = task.exercise
    if (then !== undefined && !this.#gestures.has(then)) this.#gestures.set(then, this.#gestures.size)
    const key = JSON.stringify([task.class, create, before, shows, then === undefined ? null : this.#gestures.get(then)])
    let sight = this.#baselines.get(key)
    if (sight === undefined) this.#baselines.set(key, sight = (await this.#run(task, null)).sight)
    return sight
  }

  /** Builds the scene, makes the call if there is one, does what comes then, and looks. */
  async #run (task: Task<MethodExercise>, member: string | null): Promise<{ value: unknown, sight: string, reports: Frame[] }> {
    const { exercise, exercises } = task
    const { peer, stage } = await this.#build(task, Object.keys(definitionOf(task.class, exercises).callbacks))
    const [answer] = member === null ? [] : await this.#send(peer, [callOf(SUBJECT, [member, ...exercise.args])])
    if ('answers' in exercise) return { value: answer?.value, sight: '', reports: [] }
    if (exercise.then !== undefined) {
      this.#touched = true
      await exercise.then(stage)
    }
    const reports: Frame[] = []
    return { value: answer?.value, sight: await this.#look(task, reports), reports }
  }

  async #build (task: Task, actions: readonly string[]): Promise<Furniture> {
    const furniture = await this.#furnish()
    const { page, peer } = furniture
    peer.send({ type: 'init', id: 0 })
    // Another session has nothing in common with what is still on screen.
    peer.send({ type: 'session-info', session_id: ++this.#session, token: 'secret' })
    if (this.#touched) {
      await page.mouse.up()
      await page.mouse.move(...NOWHERE)
      this.#touched = false
    }
    await this.#send(peer, build(task.class, task.exercises, task.exercise))
    if (actions.length > 0) await peer.askAll(...actions.map(action => ({ type: 'listen', wid: SUBJECT, action })))
    await page.evaluate(() => onTrial.settle())
    await peer.callbacks()
    peer.frames.length = 0
    return furniture
  }

  /** @param reports - What was reported before; what is new comes to it. */
  async #look ({ exercise }: Task<MethodExercise>, reports: Frame[]): Promise<string> {
    const { page, peer } = await this.#furnish()
    const sight = await page.evaluate(() => onTrial.observe())
    const answers = exercise.shows === undefined ? [] : await this.#send(peer, exercise.shows.map(call => callOf(SUBJECT, call)))
    reports.push(...await peer.callbacks())
    peer.frames.length = 0
    return [
      ...reports.map(({ wid, action, args }) => `${wid} ${action} ${JSON.stringify(args, (key, value: unknown) => RESTLESS.has(key) ? undefined : value)}`),
      ...answers.map(({ value }) => JSON.stringify(value)),
      sight
    ].join('\n')
  }

  /** Sends steps, in as few frames as can be, and throws at the first that fails. */
  async #send (peer: Peer, steps: readonly Step[]): Promise<Frame[]> {
    const answers: Frame[] = []
    let batch: Step[] = []
    const flush = async (): Promise<void> => {
      if (batch.length === 0) return
      const sent = batch
      batch = []
      const answered = await peer.askAll(...sent as unknown as Request[])
      const wrong = answered.findIndex(({ type }) => type === 'error')
      if (wrong !== -1) throw new Error(`${JSON.stringify(sent[wrong])} is answered by "${answered[wrong]?.error}"`)
      answers.push(...answered)
    }
    for (const step of steps) {
      const [bytes, ...args] = step.args
      if (step.type === 'create' || !(bytes instanceof Uint8Array)) {
        batch.push(step)
        continue
      }
      await flush()
      peer.send({ ...step, type: 'binary-call', args })
      peer.sendBytes(bytes)
    }
    await flush()
    return answers
  }

  async #attempt (work: () => Promise<string | null>): Promise<string | null> {
    this.#faults.length = 0
    try {
      const wrong = await work()
      return this.#faults[0] ?? wrong
    } catch (error) {
      await this.#clear()
      return error instanceof Error ? error.message : String(error)
    }
  }
}

/** Whether a value is the expected one, or what a function takes for right. The classes of widgets do not count. */
function fits (value: unknown, expected: unknown): boolean {
  if (typeof expected === 'function') return (expected as (value: unknown) => boolean)(value)
  return isDeepStrictEqual(plain(value), plain(expected))
}

const plain = (value: unknown): unknown => value === undefined
  ? undefined
  : JSON.parse(JSON.stringify(value, (key, value: unknown) => key === '__class__' ? undefined : value))
