import { Duplex } from 'node:stream';
import { type PGlite } from '@electric-sql/pglite';

const SYNC = 'S'.charCodeAt(0);
const SIMPLE_QUERY = 'Q'.charCodeAt(0);
const TERMINATE = 'X'.charCodeAt(0);
const HEADER = 5; // one byte of type, four of length

/** Where the last whole request that wants an answer ends; 0 while there is none. */
function endOfRequests(bytes: Buffer): number {
  let end = 0;
  for (let at = 0; at + HEADER <= bytes.length;) {
    const next = at + 1 + bytes.readUInt32BE(at + 1);
    if (next > bytes.length) break;
    const kind = bytes[at];
    if (kind === SYNC || kind === SIMPLE_QUERY || kind === TERMINATE) end = next;
    at = next;
  }
  return end;
}

/**
 * Stands where `pg` expects a TCP socket and speaks to the embedded database.
 *
 * The messages of one request are handed over together. The adapter that comes with PGlite hands them over one by
 * one, and PGlite answers "ready" after each that failed, so that the answers to the rest reach the next query.
 */
export class PgliteSocket extends Duplex {
  private waiting: Buffer = Buffer.alloc(0);
  private isStarted = false;

  constructor(private readonly lite: PGlite) {
    super({ allowHalfOpen: false });
  }

  /** Called by `pg` in place of dialling. What an earlier connection left open in the one session is ended first. */
  connect(): this {
    const cleared = async (): Promise<void> => {
      await this.lite.exec('rollback');
      await this.lite.exec('discard all');
      await this.lite.exec("set timezone = 'UTC'; set datestyle = 'ISO'");
    };
    cleared().then(
      () => this.emit('connect'),
      (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
    );
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {
    // answers are pushed as the database gives them
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.receive([chunk]).then(() => done(), done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.receive(chunks.map(({ chunk }) => chunk)).then(() => done(), done);
  }

  /** The far end of a socket hangs up in its turn; `pg` waits for that. */
  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  private async receive(chunks: readonly Buffer[]): Promise<void> {
    this.waiting = Buffer.concat([this.waiting, ...chunks]);
    if (!this.isStarted && !(await this.start())) return;
    const end = endOfRequests(this.waiting);
    if (end === 0) return;
    const requests = this.waiting.subarray(0, end);
    this.waiting = this.waiting.subarray(end);
    await this.ask(requests);
  }

  /** The first message has a length and no type. */
  private async start(): Promise<boolean> {
    if (this.waiting.length < 4 || this.waiting.length < this.waiting.readUInt32BE(0)) return false;
    const end = this.waiting.readUInt32BE(0);
    const startup = this.waiting.subarray(0, end);
    this.waiting = this.waiting.subarray(end);
    this.isStarted = true;
    await this.ask(startup);
    return true;
  }

  private async ask(message: Uint8Array): Promise<void> {
    const answers: Buffer[] = [];
    // The bytes shown are a window into the memory of the database and change with the next answer: copied.
    await this.lite.execProtocolRawStream(message, { onRawData: (bytes) => void answers.push(Buffer.from(bytes)) });
    if (answers.length > 0 && !this.destroyed) this.push(Buffer.concat(answers));
  }
}
