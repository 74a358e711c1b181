import { createHash } from 'node:crypto';
import { OcrUnavailableError } from '#libs/domain';
import { type EngineIdentity, OcrEngine, type OcrOrder, type OcrResult, unreadResult } from './ocr-engine';
import { type ReaderProgram, ReaderProcess } from './reader-process';
import { type ResultCache } from './result-cache';

/** What one reader may use before it is replaced or ended. */
export const READER_LIMITS = {
  deadlineMs: 20_000,
  /** After a picture: replaced by a fresh one. */
  recycleAfter: 500,
  recycleBytes: 700_000_000,
  /** During a picture: killed. */
  killBytes: 1_500_000_000,
};

/** How an engine works; everything has a default. */
export interface EngineSettings {
  readonly program?: ReaderProgram;
  readonly cache?: ResultCache;
  readonly limits?: Partial<typeof READER_LIMITS>;
}

/**
 * Reads pictures in one process of its own, one after the other. The process is killed at the deadline or the memory
 * cap, and replaced after so many pictures or so much memory.
 */
export class ForkedOcrEngine extends OcrEngine {
  readonly #limits: typeof READER_LIMITS;
  #reader: ReaderProcess | null = null;
  #identity: EngineIdentity | null = null;
  #read = 0;
  #last: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(
    private readonly adapter: 'onnx' | 'tesseract',
    private readonly settings: EngineSettings = {},
  ) {
    super();
    this.#limits = { ...READER_LIMITS, ...settings.limits };
  }

  override start(): Promise<EngineIdentity> {
    return this.inTurn(() => this.started());
  }

  override recognize(picture: Uint8Array, order: OcrOrder = {}): Promise<OcrResult> {
    return this.inTurn(() => this.recognizeNow(picture, order.deadlineMs ?? this.#limits.deadlineMs));
  }

  override async stop(): Promise<void> {
    this.#isStopped = true;
    await this.letGo();
  }

  /** One after the other; a failure of one is not the next one's. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  private async started(): Promise<EngineIdentity> {
    if (this.#isStopped) throw new OcrUnavailableError(this.adapter, 'the engine was stopped');
    if (this.#reader?.isAlive && this.#identity) return this.#identity;
    const reader = new ReaderProcess(this.adapter, this.settings.program);
    this.#reader = reader;
    this.#read = 0;
    this.#identity = await reader.ready();
    return this.#identity;
  }

  private async recognizeNow(picture: Uint8Array, deadlineMs: number): Promise<OcrResult> {
    const engine = await this.started();
    const imageSha256 = createHash('sha256').update(picture).digest('hex');
    const kept = await this.settings.cache?.find(imageSha256, engine);
    if (kept) return kept;
    const startedAt = performance.now();
    const end = await this.#reader!.read(picture, { deadlineMs, killBytes: this.#limits.killBytes });
    this.#read += 1;
    if ('result' in end) {
      await this.settings.cache?.keep(end.result);
      if (this.#read >= this.#limits.recycleAfter || end.result.readerBytes > this.#limits.recycleBytes)
        await this.letGo();
      return end.result;
    }
    const durationMs = Math.round(performance.now() - startedAt);
    return { ...unreadResult(end.status, end.reason, { engine, imageSha256 }), durationMs };
  }

  private async letGo(): Promise<void> {
    const reader = this.#reader;
    this.#reader = null;
    await reader?.end();
  }
}
