import { describe, expect, test } from 'tstyche'
import type { Connection } from '../lib/connection/connection.ts'
import type { SessionSnapshot } from '../lib/session/snapshot.ts'
import type { Session } from '../lib/session/session.ts'
import type { AnyWidget, Button, Slider, WidgetFactories } from './widgets.ts'

declare const session: Session
declare const typed: Session<{ user: string }>

describe('session', () => {
  test('makes and finds widgets', () => {
    expect(session.getWidgets()).type.toBe<WidgetFactories>()
    expect(session.find('x')).type.toBe<AnyWidget | null>()
    expect(session.find('x', 'Slider')).type.toBe<Slider | null>()
    expect(session.find('x', 'Button')).type.toBe<Button | null>()
    expect(session.find).type.not.toBeCallableWith('x', 'Widget')
    expect(session.find).type.not.toBeCallableWith('x', 'Sliders')
  })

  test('types its data', () => {
    expect(typed.data.user).type.toBe<string>()
    expect(session.data).type.toBe<unknown>()
    expect<Session>().type.toBeAssignableFrom<Session<{ user: string }>>()
  })

  test('is asked and told', () => {
    expect(session.settled()).type.toBe<Promise<void>>()
    expect(session.snapshot()).type.toBe<SessionSnapshot>()
    expect(session.connections).type.toBe<Connection[]>()
    expect(session.batch).type.toBeCallableWith(() => {})
    expect(session.url('https://host.example')).type.toBe<string>()
  })

  test('cannot be altered where it must not', () => {
    // @ts-expect-error Cannot assign to 'id' because it is a read-only property
    session.id = 'x'
    // @ts-expect-error Cannot assign to 'token' because it is a read-only property
    session.token = 'x'
  })
})
