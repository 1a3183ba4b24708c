import type { WidgetFactories } from '../../../lib/index.ts'

/** The types of widgets that tests look up by class. */
export type RemoteButton = ReturnType<WidgetFactories['Button']>
export type RemoteLabel = ReturnType<WidgetFactories['Label']>
