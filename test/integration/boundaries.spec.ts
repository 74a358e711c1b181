import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from '#libs/config';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

const ROOMS = ['apps', 'crawlers', 'classifiers', 'libs', 'test'];

/** A forbidden import of each kind: the rule that must name it, the file it is planted in, what the file says. */
const PLANTED: readonly (readonly [rule: string, file: string, source: string])[] = [
  [
    'domain-is-pure',
    'libs/domain/planted-core.ts',
    "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;",
  ],
  ['domain-is-pure', 'libs/domain/planted-npm.ts', "import { z } from 'zod';\nexport const x = z;"],
  [
    'domain-knows-nobody',
    'libs/domain/planted-lib.ts',
    "import { projectRoot } from '#libs/config';\nexport const x = projectRoot;",
  ],
  [
    'a-lib-knows-itself-and-the-domain',
    'libs/html/planted-lib.ts',
    "import { projectRoot } from '#libs/config';\nexport const x = projectRoot;",
  ],
  [
    'a-lib-knows-itself-and-the-domain',
    'libs/html/planted-type.ts',
    "import { type Environment } from '#libs/config';\nexport type X = Environment;",
  ],
  [
    'use-cases-know-ports',
    'libs/casework/planted-crawler.ts',
    "import * as crawlers from '#crawlers/runtime';\nexport const x = crawlers;",
  ],
  [
    'adapters-are-chosen-in-apps',
    'libs/casework/planted-adapter.ts',
    "import * as warc from '#libs/evidence/warc';\nexport const x = warc;",
  ],
  [
    'nest-stays-in-apps',
    'libs/telemetry/planted-nest.ts',
    "import { Injectable } from '@nestjs/common';\nexport const x = Injectable;",
  ],
  [
    'crawlers-look-and-do-not-write',
    'crawlers/website/planted-store.ts',
    "import { EvidenceStore } from '#libs/evidence';\nexport const x = EvidenceStore;",
  ],
  [
    'crawlers-look-and-do-not-write',
    'crawlers/website/planted-judge.ts',
    "import * as engine from '#classifiers/engine';\nexport const x = engine;",
  ],
  [
    'classifiers-touch-no-network-no-database',
    'classifiers/text/planted-pg.ts',
    "import { Pool } from 'pg';\nexport const x = Pool;",
  ],
  [
    'classifiers-know-the-domain',
    'classifiers/text/planted-lib.ts',
    "import { projectRoot } from '#libs/config';\nexport const x = projectRoot;",
  ],
  [
    'programs-do-not-know-each-other',
    'apps/cli/planted-api.ts',
    "import * as api from '../api/planted-target';\nexport const x = api;",
  ],
  [
    'console-imports-nothing',
    'apps/console/planted-domain.ts',
    "import { isDay } from '#libs/domain';\nexport const x = isDay;",
  ],
  [
    'test-is-never-imported',
    'libs/telemetry/planted-test.ts',
    "import * as gbk from '../../test/support/gbk';\nexport const x = gbk;",
  ],
  [
    'no-cycles',
    'libs/telemetry/planted-cycle.ts',
    "import { y } from './planted-cycle-back';\nexport const x = (): unknown => y;",
  ],
];

/** Files that planted imports lead to and that break no rule themselves. */
const HELPERS: Readonly<Record<string, string>> = {
  'apps/api/planted-target.ts': 'export const y = 1;',
  'libs/telemetry/planted-cycle-back.ts': "import { x } from './planted-cycle';\nexport const y = (): unknown => x;",
};

function violationsIn(house: string): Violation[] {
  const program = join(projectRoot(), 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, '--config', '.config/dependency-cruiser.cjs', '--output-type', 'json', ...ROOMS];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: house, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser gave no report: ${stderr}`);
  const report = JSON.parse(stdout) as { summary: { violations: Violation[]; totalCruised: number } };
  if (report.summary.totalCruised < 50) throw new Error(`only ${report.summary.totalCruised} files were looked at`);
  return report.summary.violations;
}

/** A copy of the house's sources with something planted in it. */
function houseWith(files: Readonly<Record<string, string>>): string {
  const copy = mkdtempSync(join(tmpdir(), 'mingcha-boundaries-'));
  for (const name of ['package.json', 'tsconfig.json', '.config', ...ROOMS]) {
    const filter = (source: string): boolean => !source.includes('/test/fixtures/');
    cpSync(join(projectRoot(), name), join(copy, name), { recursive: true, filter });
  }
  symlinkSync(join(projectRoot(), 'node_modules'), join(copy, 'node_modules'));
  for (const [file, source] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), `${source}\n`);
  }
  return copy;
}

describe('the one-way rule', () => {
  let copy: string;
  let violations: Violation[];

  beforeAll(() => {
    const planted = Object.fromEntries(PLANTED.map(([, file, source]) => [file, source]));
    copy = houseWith({ ...planted, ...HELPERS });
    violations = violationsIn(copy);
  }, 120_000);
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it.each(PLANTED)('%s names the import planted in %s', (rule, file) => {
    // A cycle is named once, from either of its ends.
    const named = violations.filter(({ from, to }) => from === file || (rule === 'no-cycles' && to === file));
    expect(named.map(({ rule: broken }) => broken.name)).toContain(rule);
  });

  it('names nothing but what was planted', () => {
    const files = [...PLANTED.map(([, file]) => file), ...Object.keys(HELPERS)];
    expect(violations.filter(({ from }) => !files.includes(from))).toEqual([]);
  });

  it('finds nothing on the house as it is', () => {
    expect(violationsIn(projectRoot())).toEqual([]);
  }, 120_000);
});
