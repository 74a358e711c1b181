import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

/**
 * Serves the generated site that crawls are compared on, until it is ended: 1,000 pages of 20 to 60 KB with about 97
 * links each, always the same. Prints its origin as its first line.
 *
 * node dist/test/bench/crawl-site.js [--pages 1000] [--latency MS] [--changed PERCENT]
 *
 * Without TLS, without compression, with ETag; answers 304 to the ETag it gave. `--changed` says which share of pages
 * differs from the site without it.
 */

const ROOMS = ['product', 'loan', 'news', 'about', 'help', 'agreement', 'notice', 'activity'] as const;
const SENTENCES = [
  '本平台是网络借贷信息中介机构，为出借人和借款人提供信息搜集、信息公布和借贷撮合服务。',
  '市场有风险，出借需谨慎，历史年化利率不代表实际收益。',
  '借款人信息已经平台审核，资金由存管银行存管，平台不触碰资金。',
  '逾期项目由平台委托第三方催收机构依法催收，并按月披露代偿金额与逾期率。',
  '截至二零一八年二月末，累计借贷金额与出借人数详见信息披露栏目。',
  '如对本协议有疑问，请在工作日九时至十八时致电客户服务热线。',
];
const PLANTED = '平台设立千万级风险备付金，逾期本息全额垫付';

/** A small generator of numbers: the same for the same seed on every machine. */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const pathOf = (nth: number): string => (nth === 0 ? '/' : `/${ROOMS[nth % ROOMS.length] ?? 'news'}/item-${nth}.html`);

function pageOf(nth: number, pages: number, isChanged: boolean): Buffer {
  const next = numbersFrom(nth + 1);
  const size = 20_000 + Math.floor(next() * 38_000);
  const links = Array.from({ length: 97 }, (_, n) => {
    const to = n < 2 ? (nth * 2 + n + 1) % pages : Math.floor(next() * pages);
    return `<li class="item item-${n % 7}"><a class="link" href="${pathOf(to)}" title="项目${to}">借款项目第${to}号</a></li>`;
  });
  let body = isChanged ? '<p>本页已更新。</p>' : '';
  const fixed = 600 + links.join('').length * 1.4;
  for (let n = 0; body.length * 2.4 + fixed < size; n += 1) {
    const sentence = nth % 10 === 0 && n === 3 ? PLANTED : (SENTENCES[Math.floor(next() * SENTENCES.length)] ?? '');
    body += `<div class="row row-${n}" data-id="${nth}-${n}"><h3 class="t">第${n}节</h3><p class="c">${sentence}<b>&#31532;${n}&#27454;</b><span>${Math.floor(next() * 1e9)}</span></p></div>`;
  }
  return Buffer.from(
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>第${nth}页 某某贷</title><meta name="description" content="网络借贷信息中介"><script>var page=${nth};</script></head><body><header><h1>某某贷</h1></header><nav><ul>${links.slice(0, 12).join('')}</ul></nav><main>${body}<ul>${links.slice(12).join('')}</ul></main><footer><p>粤ICP备00000000号</p></footer></body></html>`,
  );
}

const optionOf = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

function main(): void {
  const pages = optionOf('pages', 1_000);
  const latencyMs = optionOf('latency', 0);
  const every = optionOf('changed', 0) === 0 ? 0 : Math.round(100 / optionOf('changed', 0));
  const site = new Map<string, { body: Buffer; etag: string }>();
  for (let nth = 0; nth < pages; nth += 1) {
    const body = pageOf(nth, pages, every > 0 && nth % every === 1);
    site.set(pathOf(nth), { body, etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 24)}"` });
  }
  let served = new Set<string>();
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const path = request.url ?? '/';
    if (path === '/-/served') {
      response.end(JSON.stringify({ pages: served.size }));
      served = new Set();
      return;
    }
    const page = site.get(path);
    const answer = (): void => {
      if (page === undefined) return void response.writeHead(404, { 'content-length': 0 }).end();
      served.add(path);
      const isSame = request.headers['if-none-match'] === page.etag;
      const headers = { 'content-type': 'text/html; charset=utf-8', etag: page.etag };
      if (isSame) return void response.writeHead(304, headers).end();
      response.writeHead(200, { ...headers, 'content-length': page.body.length }).end(page.body);
    };
    if (latencyMs > 0) setTimeout(answer, latencyMs);
    else answer();
  });
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
  });
}

main();
