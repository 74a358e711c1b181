import path from 'node:path';
import { loadChecklist } from '#classifiers/disclosure';
import { loadPack } from '#classifiers/engine';
import { ForkedOcrEngine, ResultCache } from '#classifiers/extraction/ocr';
import { type Environment } from '#libs/config';
import { type RunId } from '#libs/domain';
import { type EvidenceStore } from '#libs/evidence';
import { TransparencyLog, WarcEvidenceStore } from '#libs/evidence/warc';
import { migrate, openStore, type Store } from '#libs/persistence';
import { type JobQueue } from '#libs/queue';
import { type Log } from '#libs/telemetry';
import { ProcessCrawling } from './crawling';
import { type HousePlace } from './house-place';
import { type Judging } from './judging';
import { planRun, type RunStart } from './plan-run';
import { openQueue } from './queue-choice';
import { rulesOf } from './rules-of';
import { type StageTools } from './stages/stage';
import { Worker } from './worker';

/** Everything one process needs, put together: the only place where ports meet adapters. */
export interface House {
  readonly store: Store;
  readonly evidence: EvidenceStore;
  readonly transparency: TransparencyLog;
  readonly queue: JobQueue;
  readonly judging: Judging;
  readonly log: Log;
  /** Writes a run and rings for its tasks; who works on them is another matter. */
  startRun(start: Omit<RunStart, 'pack' | 'at'>): Promise<RunId>;
  /** Takes work from the queue from now on, first of all what an earlier process left unfinished. */
  work(): Promise<void>;
  /** Stops taking work, lets pages under way end, closes everything. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Opens store, evidence and queue at a place, brings the schema up to date and loads the rule pack.
 *
 * @throws {DataDirectoryInUseError} when another process holds the embedded directory.
 * @throws {DatabaseUnavailableError} when the database does not answer.
 * @throws {RuleSchemaError} when the rule pack is not usable.
 */
export async function openHouse(environment: Environment, place: HousePlace, log: Log): Promise<House> {
  const judging = loadJudging(path.join(environment.RULE_PACKS, 'notice-57'));
  const store = await openStore({ databaseUrl: place.databaseUrl ?? undefined, dataDirectory: place.dataDirectory });
  try {
    await migrate(store);
    const transparency = transparencyAt(environment, place, store);
    await transparency.key().catch((error: unknown) => log.error('log.unsigned', error, {}));
    const evidence = await WarcEvidenceStore.open({
      database: store,
      log,
      transparency,
      directory: path.join(place.dataDirectory, 'warc'),
      soleProcess: store.kind === 'embedded',
    });
    const queue = openQueue(place, log);
    return compose({ environment, place, log, judging, store, evidence, transparency, queue });
  } catch (error) {
    await store.close();
    throw error;
  }
}

export function loadJudging(directory: string): Judging {
  const pack = loadPack(directory);
  return { pack, checklist: loadChecklist(directory), rules: rulesOf(pack) };
}

/** The log of a place: its key and its copies of what was signed stand beside the evidence files. */
export function transparencyAt(environment: Environment, place: HousePlace, store: Store): TransparencyLog {
  const own = path.join(place.dataDirectory, 'keys', 'log-key.pem');
  return new TransparencyLog({
    database: store,
    key: { file: environment.LOG_KEY_FILE ?? own, isProvided: environment.LOG_KEY_FILE !== undefined },
    directory: path.join(place.dataDirectory, 'checkpoints'),
  });
}

interface Parts {
  readonly environment: Environment;
  readonly place: HousePlace;
  readonly log: Log;
  readonly judging: Judging;
  readonly store: Store;
  readonly evidence: EvidenceStore;
  readonly transparency: TransparencyLog;
  readonly queue: JobQueue;
}

function compose(parts: Parts): House {
  const { store, evidence, transparency, queue, judging, log } = parts;
  const clock = () => new Date();
  const crawling = new ProcessCrawling(parts.environment, log);
  const cache = new ResultCache(path.join(parts.place.dataDirectory, 'ocr-cache'));
  const pictures = new ForkedOcrEngine('onnx', { cache });
  const tools: StageTools = { store, evidence, transparency, queue, judging, log, clock, crawling, pictures };
  const worker = new Worker(tools, store.kind === 'embedded');
  let closing: Promise<void> | null = null;
  const close = async () => {
    await worker.stop();
    await queue.close();
    await crawling.close();
    await pictures.stop();
    await evidence.close();
    await store.close();
  };
  return {
    store,
    evidence,
    transparency,
    queue,
    judging,
    log,
    startRun: (start) => planRun(store, queue, { ...start, pack: judging.pack, at: clock() }),
    work: () => worker.start(),
    close: () => (closing ??= close()),
  };
}
