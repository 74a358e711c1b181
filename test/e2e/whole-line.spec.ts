import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright';
import { findBrowser } from '#crawlers/runtime/browser';
import { projectRoot } from '#libs/config';
import { type RunReport, runReportSchema } from '#libs/reporting';
import { aDirectory, type Ended, mingcha, startMingcha } from '../support/mingcha';
import { familiesFound, findingsOf, missed, sampleExpectations } from '../support/sample-expectations';
import { type SampleWorld, startSampleWorld } from '../support/sample-world';
import { targetListOf } from '../support/target-list';
import { until } from '../support/waiting';

const expectations = sampleExpectations();

describe('the whole line over the sample world', () => {
  let world: SampleWorld;
  let data: Awaited<ReturnType<typeof aDirectory>>;
  let ended: Ended;
  let report: RunReport;
  const nameOf = (slug: string) => world.platforms.find((platform) => platform.slug === slug)?.name ?? '';

  beforeAll(async () => {
    world = await startSampleWorld();
    data = await aDirectory();
    const list = path.join(data.path, 'targets.csv');
    await writeFile(list, targetListOf(world.platforms));
    const store = path.join(data.path, 'store');
    const imported = await mingcha(['targets', 'import', list, '--data', store, '--json']);
    expect(imported).toMatchObject({ code: 0 });
    const orders = ['--allow-address', '127.0.0.0/8', '--pace', 'none', '--as-of', expectations.asOf];
    ended = await mingcha(['run', '--all', '--json', '--data', store, ...orders]);
    report = JSON.parse(ended.stdout) as RunReport;
  }, 240_000);

  afterAll(async () => {
    await world.close();
    await data.clear();
  });

  it('ends well and prints nothing but the report on standard output', () => {
    expect(ended.code).toBe(0);
    expect(ended.stdout.startsWith('{')).toBe(true);
  });

  it('prints the report in the shape that offices script against', () => {
    const parsed = runReportSchema.safeParse(report);
    expect(parsed.success ? [] : parsed.error.issues).toEqual([]);
  });

  it('finds nothing on the clean platform', () => {
    const found = findingsOf(report, nameOf('nanqi'));
    expect(found.map((finding) => [finding.ruleId, finding.verdict, finding.quote ?? finding.absence?.items])).toEqual(
      [],
    );
  });

  it('has findings of every family on the bad platforms', () => {
    const found = [...findingsOf(report, nameOf('jinsuiwan')), ...findingsOf(report, nameOf('muchuan'))];
    expect(familiesFound(expectations, found)).toEqual(Object.keys(expectations.families));
  });

  it.each(['jinsuiwan', 'muchuan'])('finds on %s what was planted there', (slug) => {
    const expected = expectations.platforms[slug];
    expect(expected && missed(expected, findingsOf(report, nameOf(slug)))).toEqual([]);
  });

  it('seals every visit that brought bytes and judges nothing else', () => {
    const visits = report.targets.flatMap((target) => target.visits);
    expect(report.evidence.treeSize).toBe(visits.filter((visit) => visit.evidenceId !== null).length);
    expect(visits.filter((visit) => visit.outcome === 'ok').every((visit) => visit.evidenceId !== null)).toBe(true);
  });

  it('boxes what it quotes from a rendered page', () => {
    const quoted = report.targets
      .flatMap((target) => target.findings)
      .filter((finding) => finding.source === 'visible' && finding.verdict === 'flag');
    expect(quoted.length).toBeGreaterThan(0);
    const unboxed = quoted.filter((finding) => finding.box === null);
    const wasOpened = (finding: (typeof quoted)[number]) =>
      finding.cues.some((cue) => cue.name === 'seen-after-opening');
    expect(unboxed.filter((finding) => !wasOpened(finding)).map((finding) => finding.quote)).toEqual([]);
  });

  it('says what it did not see, with a reason', () => {
    for (const target of report.targets)
      for (const gap of target.coverage.gaps) expect(gap.detail.length + gap.code.length).toBeGreaterThan(0);
  });

  it('leaves evidence that verifies to the byte', async () => {
    const verified = await mingcha(['evidence', 'verify', '--json', '--data', path.join(data.path, 'store')]);
    expect(JSON.parse(verified.stdout)).toMatchObject({
      problems: [],
      treeSize: report.evidence.treeSize,
      root: report.evidence.root,
    });
    expect(verified.code).toBe(0);
  }, 60_000);

  it('exports evidence that verifies without the store, and from which every hit is derived again', async () => {
    const [bundle, at] = [path.join(data.path, 'bundle'), ['--data', path.join(data.path, 'store'), '--json']];
    const exported = await mingcha(['evidence', 'export', '--run', report.run.id, '--out', bundle, ...at]);
    expect([exported.code, exported.stderr]).toEqual([0, '']);
    const { fingerprint } = JSON.parse(exported.stdout) as { fingerprint: string };
    const pin = ['--fingerprint', fingerprint, '--json'];
    const verified = await mingcha(['evidence', 'verify', bundle, ...pin]);
    expect(JSON.parse(verified.stdout)).toMatchObject({ problems: [], evidence: report.evidence.treeSize });
    const rejudged = await mingcha(['evidence', 'rejudge', bundle, ...pin]);
    const { hits, identical, different } = JSON.parse(rejudged.stdout) as Record<string, number>;
    expect([verified.code, rejudged.code, identical, different]).toEqual([0, 0, hits, 0]);
    expect(hits).toBeGreaterThan(0);
    const other = await mingcha(['evidence', 'verify', bundle, '--fingerprint', '0'.repeat(64)]);
    expect([other.code, other.stdout]).toEqual([7, expect.stringContaining('key-other')]);
  }, 60_000);

  it('shows a finding with its hit boxed on the page as it was, in the console that the service serves', async () => {
    const finding = report.targets
      .flatMap((target) => target.findings)
      .find((candidate) => candidate.verdict === 'flag' && candidate.box !== null);
    const service = startMingcha(['serve', '--data', path.join(data.path, 'store'), '--port', '0'], {
      LOG_LEVEL: 'error',
    });
    let told = '';
    service.child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString('utf8')));
    try {
      await until(() => told.includes('口令'));
      const url = /控制台：(\S+)/.exec(told)?.[1] ?? '';
      const password = /：(\S+)\s*$/.exec(told.trim())?.[1] ?? '';
      const found = await findBrowser({ chromiumPath: process.env['CHROMIUM_PATH'] });
      const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
      try {
        const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
        await page.goto(url);
        await page.getByLabel('用户名').fill('admin');
        await page.getByLabel('密码').fill(password);
        await page.keyboard.press('Enter');
        await page.getByText('退出').waitFor();
        await page.goto(`${url}/findings/${finding?.id}`);
        await page.locator('svg.overlay rect').waitFor();
        await page.getByText('叶子哈希').waitFor();
        expect(await page.locator('blockquote mark').first().textContent()).toBe(finding?.quote);
        await page.screenshot({ path: path.join(projectRoot(), 'test-output', 'whole-line-finding.png') });
      } finally {
        await browser.close();
      }
    } finally {
      service.child.kill('SIGTERM');
    }
    expect((await service.ended).code).toBe(0);
  }, 120_000);
});
