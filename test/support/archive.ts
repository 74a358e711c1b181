import { rmSync } from 'node:fs';
import { type Capture, type Evidence, type RunId } from '#libs/domain';
import { WarcEvidenceStore, type WarcEvidenceStoreOptions } from '#libs/evidence/warc';
import { type Store } from '#libs/persistence';
import { Log } from '#libs/telemetry';
import { aCapture, aRunInStore, emptyEvidence, type RunInStore, visitRows } from './captures';
import { temporaryDirectory } from './throw-away-server';

/** A row of `warc_file`. */
interface FileRow {
  readonly name: string;
  readonly state: string;
  readonly committed_length: number;
  readonly sha256: string | null;
}

/** An archive with a run to write for, and the evidence stores that a test opens on it. */
export class Archive {
  readonly directory = temporaryDirectory();
  /** Log lines of every store opened here. */
  readonly lines: string[] = [];
  readonly #opened: WarcEvidenceStore[] = [];

  private constructor(
    readonly store: Store,
    readonly run: RunInStore,
  ) {}

  /** Empties the database's evidence and makes a new archive beside it. */
  static async on(store: Store): Promise<Archive> {
    await emptyEvidence(store);
    return new Archive(store, await aRunInStore(store.pool));
  }

  async open(options: Partial<WarcEvidenceStoreOptions> = {}): Promise<WarcEvidenceStore> {
    const log = new Log('info', (line) => void this.lines.push(line));
    const wanted = { database: this.store, directory: this.directory, log, ...options };
    const evidence = await WarcEvidenceStore.open(wanted);
    this.#opened.push(evidence);
    return evidence;
  }

  /** Captures of the run's page with this text. */
  one(html = '<p>x'): Capture[] {
    return [aCapture({ run: this.run, html })];
  }

  /** Seals captures together with their visit rows; one of the run's page when none are given. */
  seal(
    evidence: WarcEvidenceStore,
    captures: readonly Capture[] = this.one(),
    runId: RunId = this.run.runId,
  ): Promise<readonly Evidence[]> {
    return evidence.append(runId, captures, visitRows(captures));
  }

  /** Rows of the files, oldest first. */
  async files(): Promise<FileRow[]> {
    const { rows } = await this.store.pool.query<FileRow>(
      'select name, state, committed_length, sha256 from warc_file order by created_at, name',
    );
    return rows;
  }

  /** Lets every file look as if its holder gave no sign of life for long. */
  async leasesEnd(): Promise<void> {
    await this.store.pool.query(`update warc_file set lease_until = now() - interval '1 second'`);
  }

  async close(): Promise<void> {
    for (const evidence of this.#opened) await evidence.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
