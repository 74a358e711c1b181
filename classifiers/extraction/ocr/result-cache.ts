import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type EngineIdentity, type OcrResult } from './ocr-engine';

/** Which engine, models and settings: another key for whatever may read differently. */
export function engineKey(engine: EngineIdentity): string {
  return createHash('sha256').update(JSON.stringify(engine)).digest('hex').slice(0, 16);
}

/**
 * Keeps what was read, by picture and engine, in a directory of files. It is derived: deleting it costs time and
 * nothing else. Several processes may share it.
 */
export class ResultCache {
  constructor(private readonly directory: string) {}

  /** Null when this engine has not read this picture, or the file is not usable. */
  async find(imageSha256: string, engine: EngineIdentity): Promise<OcrResult | null> {
    try {
      const kept = JSON.parse(await readFile(this.fileOf(imageSha256, engine), 'utf8')) as OcrResult;
      return kept.imageSha256 === imageSha256 ? kept : null;
    } catch {
      return null; // not there, or half written by a process that died: reading again mends it
    }
  }

  /** Keeps only what says something of the picture: a reader's death or deadline may be the machine's fault. */
  async keep(result: OcrResult): Promise<void> {
    if (result.status === 'failed' || result.status === 'timeout') return;
    const file = this.fileOf(result.imageSha256, result.engine);
    await mkdir(path.dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, JSON.stringify(result));
    await rename(draft, file);
  }

  private fileOf(imageSha256: string, engine: EngineIdentity): string {
    return path.join(this.directory, engineKey(engine), imageSha256.slice(0, 2), `${imageSha256}.json`);
  }
}
