/** Every error of the plugin. Codes are stable; messages say what was wrong and what would be right. */
import createError from '@fastify/error'

/** Server code passed an argument that a widget's definition does not allow. Thrown at the call that made the mistake. */
export const InvalidArgumentError = createError<[string, string, string]>('PGW_ERR_INVALID_ARGUMENT', '%s: %s: %s', 500, TypeError)
/** Server code named an option, action or class that does not exist. */
export const UnknownNameError = createError<[string]>('PGW_ERR_UNKNOWN_NAME', '%s', 500, TypeError)
/** A widget was used after it was destroyed. */
export const WidgetDestroyedError = createError<[string, string]>('PGW_ERR_WIDGET_DESTROYED', '%s: cannot %s, the widget is destroyed', 500)
/** A widget of one session was given to a widget of another. */
export const ForeignWidgetError = createError<[string, string]>('PGW_ERR_FOREIGN_WIDGET', '%s: %s belongs to another session', 500, TypeError)
/** A widget was put into itself or into one of its descendants. */
export const CycleError = createError<[string, string]>('PGW_ERR_CYCLE', '%s: %s contains it and cannot be put into it', 500)
/** Two widgets of a session were given the same name. */
export const NameTakenError = createError<[string]>('PGW_ERR_NAME_TAKEN', 'a widget named %s exists already in this session', 500)
/** A session has as many widgets as the option `maxWidgets` allows. */
export const TooManyWidgetsError = createError<[number]>('PGW_ERR_TOO_MANY_WIDGETS', 'the session has %d widgets, the most that maxWidgets allows', 500)
/** A session was used after it was destroyed. */
export const SessionDestroyedError = createError<[]>('PGW_ERR_SESSION_DESTROYED', 'the session is destroyed', 410)
/** The store has as many sessions as the option `maxSessions` allows, all of them in use. */
export const TooManySessionsError = createError<[number]>('PGW_ERR_TOO_MANY_SESSIONS', 'there are %d sessions, the most that maxSessions allows', 503)

/** A browser was asked something while none was connected, or the last one left before it answered. */
export const NoBrowserError = createError<[string]>('PGW_ERR_NO_BROWSER', '%s: no browser is connected that could answer', 503)
/** No browser answered in the time that `queryTimeout` allows. */
export const QueryTimeoutError = createError<[string, number]>('PGW_ERR_QUERY_TIMEOUT', '%s: no answer within %d ms', 504)
/** A browser answered with an error. */
export const QueryFailedError = createError<[string, string]>('PGW_ERR_QUERY_FAILED', '%s: the browser answered: %s', 502)
/** As many questions are open as `maxPendingQueries` allows. */
export const TooManyQueriesError = createError<[string, number]>('PGW_ERR_TOO_MANY_QUERIES', '%s: %d questions are open already, the most that maxPendingQueries allows', 503)

/** An option of the plugin or of a route is not usable. Thrown at registration. */
export const InvalidOptionError = createError<[string, string]>('PGW_ERR_INVALID_OPTION', 'option %s %s', 500, TypeError)
/** A hook was added under a name that no hook has, or it is no function. */
export const InvalidHookError = createError<[string]>('PGW_ERR_INVALID_HOOK', '%s', 500, TypeError)
/** The page's files are missing from the package. */
export const ClientMissingError = createError<[string]>('PGW_ERR_CLIENT_MISSING', 'the client files are not built (%s); run npm run build', 500)
/** The upgrade came from a page of another origin that `allowedOrigins` does not list. */
export const OriginError = createError<[string]>('PGW_ERR_ORIGIN', 'origin %s is not allowed to connect; list it in allowedOrigins if it should be', 403)
/** `identify` found nobody behind a request. */
export const NotIdentifiedError = createError<[]>('PGW_ERR_NOT_IDENTIFIED', 'not signed in', 401)
/** A font cannot be used, or the default font is described in words that a browser does not know. */
export const FontError = createError<[string]>('PGW_ERR_FONT', 'font: %s', 500, TypeError)
/** There is no room for another session; answered with Retry-After. */
export const FullError = createError<[]>('PGW_ERR_FULL', 'there are too many sessions at the moment, try again later', 503)
/** Somebody has as many sessions as the option `maxSessionsPerIdentity` allows, all of them in use. */
export const TooManyOwnSessionsError = createError<[number]>('PGW_ERR_TOO_MANY_OWN_SESSIONS', 'this user has %d sessions, the most that maxSessionsPerIdentity allows', 503)
/** The service goes down: no new sessions. */
export const ClosingError = createError<[]>('PGW_ERR_CLOSING', 'the service is closing and takes no new sessions', 503)
/** A session has as many links as the option `maxGrants` allows. */
export const TooManyGrantsError = createError<[number]>('PGW_ERR_TOO_MANY_GRANTS', 'the session has %d links, the most that maxGrants allows', 500)
/** A snapshot is not one, or of a version that this release does not read. */
export const SnapshotError = createError<[string]>('PGW_ERR_SNAPSHOT', 'the snapshot cannot be restored: %s', 500, TypeError)
