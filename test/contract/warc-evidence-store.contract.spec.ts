import { rmSync } from 'node:fs';
import { type RunId, type TaskId, type VisitId } from '#libs/domain';
import { type LogState } from '#libs/evidence';
import { WarcEvidenceStore } from '#libs/evidence/warc';
import { type Store } from '#libs/persistence';
import { describeWith } from '../support/binaries';
import { aCapture, aRunInStore, emptyEvidence, visitRows } from '../support/captures';
import { aMigratedStore, type StoreKind } from '../support/stores';
import { temporaryDirectory } from '../support/throw-away-server';
import { describeEvidenceStore } from './evidence-store.contract';

jest.setTimeout(60_000);

function describeWarcFilesOn(kind: StoreKind): void {
  let store: Store;
  beforeAll(async () => {
    store = await aMigratedStore(kind);
  });
  afterAll(() => store.close());

  describeEvidenceStore(`WARC files and ${kind} database`, async () => {
    await emptyEvidence(store);
    const directory = temporaryDirectory();
    const evidence = await WarcEvidenceStore.open({ database: store, directory });
    const close = () => evidence.close().finally(() => rmSync(directory, { recursive: true }));
    return { evidence, db: store.pool, close };
  });
}

/** Ids that follow each other, so that two stores give the same. */
function countedIds(): () => string {
  let count = 0;
  return () => `0161de2f-0000-7000-8000-${String((count += 1)).padStart(12, '0')}`;
}

/** The log of a few captures, sealed one after another under the same ids by a store of this kind. */
async function logOf(kind: StoreKind): Promise<LogState> {
  const [store, directory, nextId] = [await aMigratedStore(kind), temporaryDirectory(), countedIds()];
  const clock = () => new Date('2018-03-01T02:00:00Z');
  const evidence = await WarcEvidenceStore.open({ database: store, directory, nextId, clock });
  const nextVisit = countedIds();
  const run = await aRunInStore(store.pool, { runId: nextVisit() as RunId, taskId: nextVisit() as TaskId });
  for (let round = 0; round < 7; round += 1) {
    const captures = Array.from({ length: round }, () =>
      aCapture({ run, html: `<p>第 ${round} 页`, visit: { id: nextVisit() as VisitId } }),
    );
    await evidence.append(run.runId, captures, visitRows(captures));
  }
  const state = await evidence.state();
  await evidence.close();
  await store.close();
  rmSync(directory, { recursive: true });
  return state;
}

describeWith('postgres', 'evidence store: every database', () => {
  it('has the same root for the same captures', async () => {
    const embedded = await logOf('embedded');
    expect(await logOf('postgres')).toEqual(embedded);
    expect(embedded.treeSize).toBe(21);
  });
});

describe('embedded', () => describeWarcFilesOn('embedded'));
describeWith('postgres', 'server', () => describeWarcFilesOn('postgres'));
