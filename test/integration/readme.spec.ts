import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '#libs/config';

/** The only entries a newcomer meets at the top; one more is a decision, and a change of this list. */
const TOP = [
  ...['apps', 'crawlers', 'classifiers', 'libs', 'test', 'docs'],
  ...['nest-cli.json', 'package.json', 'tsconfig.json', 'docker-compose.yml', 'README.md'],
  ...['package-lock.json', 'Dockerfile', 'LICENSE', 'NOTICE'],
  ...['.config', '.ci', '.githooks', '.env.example', '.editorconfig', '.gitignore', '.dockerignore', '.npmrc'],
];

const at = (...parts: string[]): string => join(projectRoot(), ...parts);
const read = (...parts: string[]): string => readFileSync(at(...parts), 'utf8');
const tracked = (): string[] =>
  execFileSync('git', ['ls-files', '-z'], { cwd: projectRoot(), encoding: 'utf8' }).split('\0').filter(Boolean);

describe('the front of the house', () => {
  const readme = read('README.md');

  it('has exactly the agreed entries at the top', () => {
    expect([...new Set(tracked().map((file) => file.split('/')[0]))].sort()).toEqual([...TOP].sort());
  });

  it('is told in fewer than 150 lines', () => {
    expect(readme.split('\n').length).toBeLessThan(150);
  });

  it('opens with one sentence, one picture and the two commands, in this order', () => {
    const places = ['网贷机构营销合规监测', '```', 'npm run demo', 'npm test', 'What it does not do', 'Read on'];
    const found = places.map((words) => readme.indexOf(words));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found).not.toContain(-1);
  });

  it('links only to files that are there', () => {
    const links = [...readme.matchAll(/\]\(([^):]+)\)/g)].map(([, file = '']) => file);
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((file) => !existsSync(at(file)))).toEqual([]);
  });

  it('names only npm scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [
      ...`${readme}${read('docs/operations.md')}`.matchAll(
        /npm (?:run )?([a-z]+:[a-z]+|demo|test|start|build|check|dev|bench)\b/g,
      ),
    ];
    expect(named.map(([, script = '']) => script).filter((script) => !(script in scripts))).toEqual([]);
  });

  it('names every direct dependency with its reason', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const told = read('docs/dependencies.md');
    const names = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith('@types/'));
    const shortName = (name: string): string => name.replace(/^@nestjs\//, '');
    expect(names.filter((name) => !told.includes(`\`${name}\``) && !told.includes(`\`${shortName(name)}\``))).toEqual(
      [],
    );
  });

  it('keeps no folder without a subject', () => {
    const vague = /(^|\/)(utils?|helpers?|common|shared|types|interfaces|dtos?|misc)\//;
    expect(tracked().filter((file) => vague.test(file))).toEqual([]);
  });

  it('keeps no secret in the container file, and a health check for every service', () => {
    const compose = parse(read('docker-compose.yml'), { merge: true }) as {
      services: Record<string, { healthcheck?: unknown; environment?: Record<string, string> }>;
    };
    expect(Object.keys(compose.services).sort()).toEqual(['app', 'postgres', 'redis', 'worker']);
    const services = Object.values(compose.services);
    expect(services.filter(({ healthcheck }) => healthcheck === undefined)).toEqual([]);
    const secrets = services.flatMap(({ environment = {} }) =>
      Object.entries(environment).filter(([name]) => /PASSWORD|SECRET|TOKEN|DATABASE_URL/.test(name)),
    );
    expect(secrets.length).toBeGreaterThan(0);
    expect(secrets.filter(([, value]) => !value.includes('${POSTGRES_PASSWORD:?'))).toEqual([]);
  });

  it.each(['.ci/run', '.githooks/pre-commit'])('keeps %s ready to be run', (file) => {
    expect(statSync(at(file)).mode & 0o111).not.toBe(0);
  });
});
