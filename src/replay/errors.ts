/** Work that an analyst asked for cannot be done as asked; the message says what to do. */
export class ReplayStopped extends Error {
  override readonly name: string = 'ReplayStopped';
}
