/** What a report says of a file. */
export interface FileDescription { readonly name: string, readonly size: number, readonly type: string, readonly encoding: 'bytes' }

/** What is offered, before anything of it is read. */
export const describe = ({ name, size, type }: File): FileDescription => ({ name, size, type: type === '' ? 'application/octet-stream' : type, encoding: 'bytes' })
