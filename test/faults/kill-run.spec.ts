import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openStore } from '#libs/persistence';
import { type RunReport } from '#libs/reporting';
import { type FixtureServer, startFixtureServer } from '../support/fixture-server';
import { aDirectory, mingcha, startMingcha } from '../support/mingcha';
import { targetListOf } from '../support/target-list';

const KILLS = 10;
const PAGES = 50;

const link = (n: number) => `<li><a href="/product/${n}.html">第${n}期出借项目</a></li>`;
const pages = Object.fromEntries([
  [
    '/',
    `<title>砾川网</title><h1>砾川网</h1><p>设立风险备付金，逾期全额垫付</p><ul>${Array.from({ length: PAGES }, (_, i) => link(i + 1)).join('')}</ul>`,
  ],
  ...Array.from({ length: PAGES }, (_, i) => [
    `/product/${i + 1}.html`,
    `<title>第${i + 1}期</title><h1>第${i + 1}期出借项目</h1><p>项目${'甲乙丙丁戊己庚辛壬癸'[i % 10]}${i}${i % 8 === 0 ? '由平台风险备付金全额垫付' : '由借款人按月还款'}</p>`,
  ]),
]);

/** What was found, without what differs between any two runs. */
const said = (report: RunReport) =>
  report.targets
    .flatMap((target) =>
      target.findings.map((finding) => [finding.ruleId, finding.verdict, finding.quote, finding.occurrences].join(' ')),
    )
    .sort();

describe('a run whose process is killed again and again', () => {
  let site: FixtureServer;
  let data: Awaited<ReturnType<typeof aDirectory>>;
  const store = () => path.join(data.path, 'store');
  const orders = ['--allow-address', '127.0.0.0/8', '--as-of', '2018-03-15', '--json', '--pace', '5'];

  beforeAll(async () => {
    site = await startFixtureServer({ pages });
    data = await aDirectory();
    const list = path.join(data.path, 'targets.csv');
    const targets = [{ channel: 'website' as const, url: `${site.origin}/` }];
    await writeFile(list, targetListOf([{ slug: 'x', name: '砾川网', uscc: '', region: '33', targets }]));
    for (const directory of ['store', 'whole']) {
      expect(await mingcha(['targets', 'import', list, '--data', path.join(data.path, directory)])).toMatchObject({
        code: 0,
      });
    }
  }, 120_000);

  afterAll(async () => {
    await site.close();
    await data.clear();
  });

  /** Starts a command and kills it at a random moment within a second and a half of its first request to the site. */
  async function killed(args: readonly string[]): Promise<number> {
    const asked = site.log.length;
    const { child, ended } = startMingcha(args);
    child.stdin.end();
    let isOver = false;
    void ended.then(() => (isOver = true));
    while (!isOver && site.log.length === asked) await pause(5);
    await pause(Math.random() * 1_500);
    child.kill('SIGKILL');
    return (await ended).signal === 'SIGKILL' ? 1 : 0;
  }

  it('goes on at the next page, judges every sealed capture exactly once, and its log verifies', async () => {
    let kills = await killed(['run', '--all', '--data', store(), ...orders]);
    for (let i = 1; i < KILLS; i += 1) kills += await killed(['runs', 'resume', '--data', store(), '--json']);
    expect(kills).toBe(KILLS);

    const ended = await mingcha(['runs', 'resume', '--data', store(), '--json']);
    expect(ended).toMatchObject({ code: 0 });
    const report = JSON.parse(ended.stdout) as RunReport;
    expect(report.run.finishedAt).not.toBeNull();
    expect(report.targets.map((target) => target.coverage)).toMatchObject([
      { pagesKnown: PAGES + 1, pagesSeen: PAGES + 1 },
    ]);

    const verified = await mingcha(['evidence', 'verify', '--data', store(), '--json']);
    expect(JSON.parse(verified.stdout)).toMatchObject({ problems: [], treeSize: report.evidence.treeSize });

    const { sealed, judged, twice } = await counted(store());
    expect(judged).toBe(sealed);
    expect(twice).toBe(0);
    // A page is asked for again only when a kill fell between its request and its seal: two looks are under way at most.
    const products = site.log.filter((request) => request.path.startsWith('/product/'));
    const looks = report.targets.flatMap((target) => target.visits).filter((visit) => visit.url.includes('/product/'));
    expect(products.length).toBeLessThanOrEqual(looks.length + 2 * KILLS);
    expect(looks.filter((visit) => !visit.rendered)).toHaveLength(PAGES);

    const unkilled = [...orders.slice(0, -1), 'none'];
    const whole = await mingcha(['run', '--all', '--data', path.join(data.path, 'whole'), ...unkilled]);
    expect(said(report)).toEqual(said(JSON.parse(whole.stdout) as RunReport));
    expect(said(report).length).toBeGreaterThan(0);
  }, 420_000);
});

async function counted(directory: string): Promise<{ sealed: number; judged: number; twice: number }> {
  const store = await openStore({ dataDirectory: directory });
  try {
    const { rows } = await store.pool.query<{ sealed: number; judged: number; twice: number }>(
      `select (select count(*)::int from evidence) as sealed, (select count(distinct evidence_id)::int from judgement) as judged,
              (select count(*)::int from (select 1 from judgement group by evidence_id having count(*) > 1) as d) as twice`,
    );
    return rows[0] ?? { sealed: -1, judged: -1, twice: -1 };
  } finally {
    await store.close();
  }
}
