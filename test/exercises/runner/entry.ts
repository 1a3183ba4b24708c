/**
 * The page as it is, but that the widget under test can be found, and that the classes and what is on screen can be
 * reached from outside.
 */
import { mount } from '../../../browser/client/client.ts'
import { Scene } from '../../../browser/client/scene.ts'
import { Callback } from '../../../browser/widgets/callback.ts'
import { ContainerWidget } from '../../../browser/widgets/container.ts'
import { widgetClasses } from '../../../browser/widgets/index.ts'
import { MDISubWindow } from '../../../browser/widgets/mdi-sub-window.ts'
import { Widget } from '../../../browser/widgets/widget.ts'
import { SUBJECT } from '../exercise.ts'
import { observe, settle } from './observe.ts'

type Prototype = Record<string, unknown>

const classes = new Map([...widgetClasses, ['Callback', Callback], ['Widget', Widget], ['ContainerWidget', ContainerWidget], ['MDISubWindow', MDISubWindow]] as Array<[string, { prototype: unknown }]>)

function prototypeOf (name: string): Prototype {
  const found = classes.get(name)
  if (found === undefined) throw new Error(`the page has no class ${name}`)
  return found.prototype as Prototype
}

const define = (prototype: Prototype, name: string, value: unknown): unknown =>
  Object.defineProperty(prototype, name, { value, configurable: true, writable: true, enumerable: false })

let restore = (): void => {}

const trial = {
  settle,
  observe,

  /** The methods that a class has of its own, rather than from another one. */
  ownMethods (name: string): string[] {
    const names = new Set<string>()
    // Not all are derived in the page from what they are derived from in their definitions.
    const others = new Set<unknown>([Object.prototype, ...[...classes.values()].map(({ prototype }) => prototype)])
    others.delete(prototypeOf(name))
    for (let at: object = prototypeOf(name); !others.has(at); at = Object.getPrototypeOf(at) as object) {
      for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) if (typeof value === 'function') names.add(key)
    }
    return [...names]
  },

  /** Puts a method in place that does nothing. */
  empty (name: string, method: string): void {
    const prototype = prototypeOf(name)
    const own = Object.hasOwn(prototype, method) ? prototype[method] : undefined
    define(prototype, method, () => {})
    restore = () => {
      if (own !== undefined) define(prototype, method, own)
      else Reflect.deleteProperty(prototype, method)
    }
  },

  /** Puts things back. */
  restore: (): void => restore()
}

declare global {

  var onTrial: typeof trial
}

const { bind } = Scene.prototype
Scene.prototype.bind = function (widget) {
  bind.call(this, widget)
  if (widget.wid === SUBJECT) widget.element.dataset.subject = ''
}

globalThis.onTrial = trial
mount(document.body)
