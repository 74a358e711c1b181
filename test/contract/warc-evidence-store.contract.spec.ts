import { rmSync } from 'node:fs';
import { WarcEvidenceStore } from '#libs/evidence/warc';
import { type Store } from '#libs/persistence';
import { describeWith } from '../support/binaries';
import { emptyEvidence } from '../support/captures';
import { aMigratedStore, type StoreKind } from '../support/stores';
import { temporaryDirectory } from '../support/throw-away-server';
import { describeEvidenceStore } from './evidence-store.contract';

function describeWarcFilesOn(kind: StoreKind): void {
  let store: Store;
  beforeAll(async () => {
    store = await aMigratedStore(kind);
  }, 120_000);
  afterAll(() => store.close());

  describeEvidenceStore(`WARC files and ${kind} database`, async () => {
    await emptyEvidence(store);
    const directory = temporaryDirectory();
    const evidence = await WarcEvidenceStore.open({ database: store, directory });
    const close = () => evidence.close().finally(() => rmSync(directory, { recursive: true }));
    return { evidence, db: store.pool, close };
  });
}

describe('embedded', () => describeWarcFilesOn('embedded'));
describeWith('postgres', 'server', () => describeWarcFilesOn('postgres'));
