import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '#libs/config';
import { type RunReport } from '#libs/reporting';
import { type FixtureServer, startFixtureServer } from '../support/fixture-server';
import { aDirectory, mingcha, startMingcha } from '../support/mingcha';
import { until } from '../support/waiting';

const LOOPBACK = ['--allow-address', '127.0.0.0/8', '--pace', 'none'];

describe('bad input at the command line', () => {
  let data: Awaited<ReturnType<typeof aDirectory>>;
  let site: FixtureServer;

  beforeAll(async () => {
    data = await aDirectory();
    site = await startFixtureServer({
      pages: { '/': '<title>甲</title><h1>甲网</h1><p>出借人教育与风险提示，网贷有风险。</p>' },
      faults: { '/slow': 'hang' },
    });
  });

  afterAll(async () => {
    await site.close();
    await data.clear();
  });

  it.each(['ftp://a.example/', 'javascript:alert(1)', 'www.a.example', 'http://u:p@a.example/', 'http://'])(
    'refuses %s as an address and says what is one',
    async (url) => {
      const ended = await mingcha(['crawl', url]);
      expect(ended).toMatchObject({ code: 2, stdout: '' });
      expect(ended.stderr).toMatch(/TARGET_URL_INVALID.*http/);
      expect(ended.stderr).not.toContain('u:p@');
    },
    30_000,
  );

  it.each([
    [['--pace', '9'], '--pace'],
    [['--render', 'always'], '--render'],
    [['--as-of', 'yesterday'], '--as-of'],
    [['--max-pages', '-1'], '--max-pages'],
    [['--channel', 'tv'], '--channel'],
    [['--allow-address', '127.0.0.1'], '--allow-address'],
  ])(
    'names the option of %j',
    async (options, name) => {
      const ended = await mingcha(['crawl', 'http://a.example/', ...options]);
      expect(ended).toMatchObject({ code: 2, stdout: '' });
      expect(ended.stderr).toContain(name);
    },
    30_000,
  );

  it('reports a host that does not resolve as unreachable, with exit code 6', async () => {
    const ended = await mingcha([
      'crawl',
      'http://no-such-host.invalid/',
      '--json',
      '--data',
      path.join(data.path, 'unknown'),
    ]);
    const report = JSON.parse(ended.stdout) as RunReport;
    expect(ended.code).toBe(6);
    expect(report.targets[0]?.visits.map((visit) => visit.outcome)).toContain('unreachable');
    expect(report.targets[0]?.coverage.gaps.map((gap) => gap.code)).toContain('unreachable');
    expect(report.targets[0]?.disclosure.filter((item) => item.state === 'absent')).toEqual([]);
  }, 120_000);

  it('does not reach a private address that nobody allowed, with exit code 5', async () => {
    const before = site.log.length;
    const ended = await mingcha(['crawl', `${site.origin}/`, '--json', '--data', path.join(data.path, 'private')]);
    expect(ended.code).toBe(5);
    expect((JSON.parse(ended.stdout) as RunReport).targets[0]?.visits.map((visit) => visit.outcome)).toContain(
      'refused-address',
    );
    expect(site.log.length).toBe(before);
  }, 60_000);

  it('runs without pacing only where addresses were allowed', async () => {
    const ended = await mingcha(['crawl', 'http://127.0.0.1:9/', '--pace', 'none']);
    expect(ended).toMatchObject({ code: 5, stdout: '' });
    expect(ended.stderr).toContain('--allow-address');
  }, 30_000);

  it('refuses a data directory that another process holds and names that process', async () => {
    const store = path.join(data.path, 'held');
    const slow = startMingcha(['crawl', `${site.origin}/slow`, ...LOOPBACK, '--data', store]);
    slow.child.stdin.end();
    await until(() => site.log.some((request) => request.path === '/slow'));
    const second = await mingcha(['targets', 'list', '--data', store]);
    slow.child.kill('SIGKILL');
    await slow.ended;
    expect(second).toMatchObject({ code: 4, stdout: '' });
    expect(second.stderr).toMatch(new RegExp(`DATA_DIRECTORY_IN_USE.*process ${slow.child.pid}`));
  }, 120_000);

  it('says that the database does not answer, without its password, with exit code 6', async () => {
    const env = { DATABASE_URL: 'postgres://user:geheim@127.0.0.1:9/none', REDIS_URL: 'redis://127.0.0.1:9' };
    const ended = await mingcha(['targets', 'list'], { env });
    expect(ended.code).toBe(6);
    expect(ended.stderr).toContain('DATABASE_UNAVAILABLE');
    expect(ended.stderr).not.toContain('geheim');
  }, 60_000);

  it('refuses a queue without a database', async () => {
    const ended = await mingcha(['targets', 'list'], { env: { REDIS_URL: 'redis://127.0.0.1:9' } });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/REDIS_URL needs DATABASE_URL/);
  }, 30_000);

  it('refuses a target list with bad rows, names every one, and imports nothing', async () => {
    const list = path.join(data.path, 'bad.csv');
    await writeFile(
      list,
      '机构名称,统一社会信用代码,所在地区,渠道,网址\n甲,,33,website,http://a.example/\n乙,,xx,website,b.example\n',
    );
    const store = path.join(data.path, 'import');
    const ended = await mingcha(['targets', 'import', list, '--data', store]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/第 3 行 所在地区[\s\S]*第 3 行 网址/);
    const listed = await mingcha(['targets', 'list', '--data', store, '--json']);
    expect(JSON.parse(listed.stdout)).toEqual({ targets: [] });
  }, 60_000);

  describe('of a rule pack', () => {
    const change = async (name: string, edit: (text: string) => string) => {
      const pack = path.join(data.path, name, 'notice-57');
      await mkdir(path.dirname(pack), { recursive: true });
      await cp(path.join(projectRoot(), 'classifiers/rulepacks/notice-57'), pack, { recursive: true });
      const file = path.join(pack, 'risk-reserve-advertising.yml');
      await writeFile(file, edit(await readFile(file, 'utf8')));
      return mingcha(['rules', 'check', '--pack', pack]);
    };

    it.each([
      ['a misspelt key', (text: string) => text.replace(/^severity:/m, 'serverity:'), /serverity/],
      ['no legal basis', (text: string) => text.replace(/^legal:[\s\S]*?^(?=\w)/m, 'legal: []\n'), /legal/],
    ])(
      'with %s names file and key',
      async (name, edit, words) => {
        const ended = await change(name, edit);
        expect(ended.code).toBe(2);
        expect(ended.stderr).toMatch(/RULE_SCHEMA.*risk-reserve-advertising\.yml/);
        expect(ended.stderr).toMatch(words);
      },
      30_000,
    );
  });
});

describe('classify', () => {
  const classify = (input: string, ...options: string[]) =>
    mingcha(['classify', '--input', 'jsonl', '--as-of', '2018-03-15', ...options], { input });
  type Line = {
    id?: string;
    line?: number;
    error?: { code: string };
    hits?: { ruleId: string; verdict: string; quote: string; start: number; end: number; cues: { name: string }[] }[];
  };
  const linesOf = (stdout: string) =>
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);

  it('answers line by line in order, a bad line in its place', async () => {
    const text = '平台设立千万级风险备付金，逾期本息全额垫付';
    const ended = await classify(
      [
        JSON.stringify({ id: 'a', text, pageKind: 'home' }),
        'no json',
        '{"id":"c"}',
        JSON.stringify({ id: 'd', text: '联系我们' }),
      ].join('\n'),
    );
    const [a, b, c, d] = linesOf(ended.stdout);
    expect(ended.code).toBe(0);
    expect(a?.id).toBe('a');
    const hit = a?.hits?.find((candidate) => candidate.ruleId === 'risk-reserve-advertising');
    expect(hit && text.slice(hit.start, hit.end)).toBe(hit?.quote);
    expect(b).toMatchObject({ line: 2, error: { code: 'INPUT_INVALID' } });
    expect(c).toMatchObject({ id: 'c', error: { code: 'INPUT_INVALID' } });
    expect(d).toEqual({ id: 'd', hits: [] });
  }, 30_000);

  it('ends with 2 only when no line was usable', async () => {
    expect((await classify('rubbish\n{}')).code).toBe(2);
  }, 30_000);

  it('shows what was judged harmless, and why, only with --all', async () => {
    const input = JSON.stringify({ id: 'a', text: '本平台不设风险备付金', pageKind: 'about' });
    expect(linesOf((await classify(input)).stdout)[0]?.hits).toEqual([]);
    const all = linesOf((await classify(input, '--all')).stdout)[0]?.hits ?? [];
    expect(new Set(all.map((hit) => hit.verdict))).toEqual(new Set(['drop']));
    expect(all.some((hit) => hit.cues.some((cue) => cue.name === 'negated'))).toBe(true);
  }, 30_000);
});
