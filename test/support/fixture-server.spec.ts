import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startFixtureServer, type FixtureServer } from './fixture-server';
import { encodeGbk } from './gbk';

describe('the fixture server', () => {
  let directory: string;
  let server: FixtureServer;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'fixture-'));
    await mkdir(path.join(directory, 'about'));
    await writeFile(path.join(directory, 'index.html'), '<meta charset="utf-8"><p>首页</p>');
    await writeFile(path.join(directory, 'about', 'index.html'), '<p>关于</p>');
    server = await startFixtureServer({
      directory,
      serveAs: 'GBK',
      pages: { '/robots.txt': 'User-agent: *\nDisallow:\n', '/list?p=2': '<p>two</p>', '/list': '<p>one</p>' },
      faults: { '/gone-wrong': 'status-500' },
    });
  });
  afterAll(async () => {
    await server.close();
    await rm(directory, { recursive: true });
  });

  const get = async (target: string): Promise<{ status: number; type: string; text: string }> => {
    const response = await fetch(server.origin + target);
    const type = response.headers.get('content-type') ?? '';
    const text = new TextDecoder(/charset=(\S+)/.exec(type)?.[1] ?? 'utf-8').decode(await response.arrayBuffer());
    return { status: response.status, type, text };
  };

  it('encodes and declares GBK in header and meta', async () => {
    expect(await get('/')).toEqual({
      status: 200,
      type: 'text/html; charset=gbk',
      text: '<meta charset="gbk"><p>首页</p>',
    });
  });

  it('shows the index of a folder, pages by query before pages by path, and 404 for the rest', async () => {
    expect((await get('/about/')).text).toBe('<p>关于</p>');
    expect((await get('/list?p=2')).text).toBe('<p>two</p>');
    expect((await get('/list?p=3')).text).toBe('<p>one</p>');
    expect((await get('/nothing')).status).toBe(404);
    expect((await get('/gone-wrong')).status).toBe(500);
    expect((await get('/robots.txt')).type).toBe('text/plain; charset=gbk');
  });

  it('serves nothing from outside its folder', async () => {
    expect((await get('/%2e%2e%2f%2e%2e%2fetc/passwd')).status).toBe(404);
  });

  it('writes down what arrived, in order', async () => {
    const from = server.log.length;
    await get('/list?p=7');
    await get('/about/');
    expect(server.log.slice(from).map((entry) => `${entry.method} ${entry.path}`)).toEqual([
      'GET /list?p=7',
      'GET /about/',
    ]);
    expect(server.log[from]?.at).toBeGreaterThan(Date.now() - 60_000);
  });
});

describe('writing GBK', () => {
  it('is read back by the decoder', () => {
    const text = '网贷平台ABC，年化收益１２％「承诺」镕';
    expect(new TextDecoder('gbk').decode(encodeGbk(text))).toBe(text);
  });

  it('writes what GBK lacks as a reference', () => {
    expect(new TextDecoder('gbk').decode(encodeGbk('💰'))).toBe('&#128176;');
  });
});
