import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { projectRoot } from '#libs/config';
import { type FindingId, newId } from '#libs/domain';
import { anApi, type ApiWorld, PASSWORD } from '../support/api-world';
import { CLAIM, SAMPLE_PAGE } from '../support/sample-page';
import { aPart, aQuote } from '../support/seed';

jest.setTimeout(120_000);

const built = path.join(projectRoot(), 'dist', 'console');
const output = path.join(projectRoot(), 'test-output');
const browserPath = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(
  (candidate) => candidate !== undefined && existsSync(candidate),
);

interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

let browser: Browser;
let world: ApiWorld;
let page: Page;
let finding: FindingId;
let box: Box;
const complaints: string[] = [];

/** Draws the sample page and says where its claim stands. */
async function drawn(): Promise<{ picture: Buffer; claim: Box }> {
  const canvas = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await canvas.setContent(SAMPLE_PAGE);
  const place = await canvas.locator('#claim').boundingBox();
  const picture = await canvas.screenshot({ fullPage: true });
  await canvas.close();
  if (place === null) throw new Error('the claim was not drawn');
  return { picture, claim: { x: place.x, y: place.y, w: place.width, h: place.height } };
}

/** A morning's worth: one finding with its picture, several others, a run with gaps and disclosure. */
async function furnish(): Promise<void> {
  const { seed, store } = world;
  const { picture, claim } = await drawn();
  box = claim;
  const [gold, wheat] = [await seed.platform('金禾稳贷（样例）'), await seed.platform('清源网贷（样例）', '330106')];
  const run = await seed.run();
  const task = await seed.task(run, gold, 'https://jinhe.example/');
  const other = await seed.task(run, wheat, 'https://qingyuan.example/');
  const home = await seed.visit(task, gold, 'https://jinhe.example/', 'home');
  const evidence = await seed.seal(home, [
    aPart('screenshot', 'image/png', picture),
    aPart('dom', 'text/html', Buffer.from(SAMPLE_PAGE)),
  ]);
  finding = await seed.finding(gold);
  await seed.place(finding, home, evidence, aQuote(CLAIM, '风险备付金', box));
  const about = await seed.visit(other, wheat, 'https://qingyuan.example/about/safety', 'about');
  const plain = await seed.seal(about, [aPart('dom', 'text/html', Buffer.from('<p>'))]);
  for (const [severity, ruleId, text, quote] of [
    ['S1', 'campus-loan-product', '凭学生证即可申请，最高可借5000元，当天到账。', '凭学生证'],
    ['S2', 'absolute-claim', '国内最安全的平台<script>document.title=1</script>', '国内最安全'],
    ['S4', 'offline-promotion', '本周六线下财富中心举办答谢会，到店有礼。', '线下财富中心'],
  ] as const) {
    const id = await seed.finding(wheat, { severity, ruleId, firstSeenAt: '2018-02-27T17:31:00Z' });
    await seed.place(id, about, plain, aQuote(text, quote));
  }
  const states = ['present', 'absent', 'stale', 'present-empty', 'not-checkable', 'present'];
  for (const [index, item] of ['A1', 'A2', 'A3', 'B01', 'D01', 'G1'].entries()) {
    await store.pool.query(
      `insert into disclosure_state (task_id, item, state, value, reason) values ($1, $2, $3, $4, $5)`,
      [task, item, states[index], index === 0 ? '正在验收' : null, index === 4 ? 'login-wall' : null],
    );
  }
  for (const [code, detail] of [
    ['timeout', 'no answer in 30 s'],
    ['captcha', 'words of a check page'],
  ]) {
    await store.pool.query(
      `insert into coverage_gap (id, task_id, url, code, detail, at) values ($1, $2, 'https://jinhe.example/loan/18', $3, $4, now())`,
      [newId(), task, code, detail],
    );
  }
}

beforeAll(async () => {
  if (browserPath === undefined) throw new Error('no browser is installed; npm test installs one');
  if (!existsSync(path.join(built, 'index.html'))) throw new Error('the console is not built; npm run build builds it');
  mkdirSync(output, { recursive: true });
  browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
  world = await anApi(built);
  await world.account({ name: 'li.na', displayName: '李娜' });
  await furnish();
  page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const look = (name: string): Promise<Buffer> => page.screenshot({ path: path.join(output, `console-${name}.png`) });
const decisionOf = async (id: FindingId): Promise<unknown> => {
  const { rows } = await world.store.pool.query<{ decision: string }>('select decision from finding where id = $1', [
    id,
  ]);
  return rows[0]?.decision;
};

describe('a morning at the console', () => {
  it('asks who is there, and says so when the password is wrong', async () => {
    await page.goto(world.url);
    await page.getByLabel('用户名').fill('li.na');
    await page.getByLabel('密码').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('用户名或密码不正确，或登录已失效').waitFor();
    await page.getByLabel('密码').fill(PASSWORD);
    await look('sign-in');
    complaints.length = 0; // the browser itself notes the two refusals
    await page.keyboard.press('Enter');
    await page.getByText('李娜').waitFor();
  });

  it('shows the gravest first, with the hit marked in its sentence', async () => {
    const rows = page.locator('tbody tr.row');
    await rows.first().waitFor();
    expect(await rows.count()).toBe(4);
    expect(await rows.first().locator('.severity-S1').textContent()).toBe('一级');
    expect(await rows.first().locator('mark').textContent()).toBe('风险备付金');
    await look('findings');
  });

  it('shows captured markup as text', async () => {
    await page.getByText('<script>document.title=1</script>').waitFor();
    expect(await page.title()).toBe('明察');
  });

  it('moves by keys, but not while a word is being composed or a field has the focus', async () => {
    const underCursor = page.locator('tr.under-cursor');
    const first = await underCursor.textContent();
    for (const told of ['isComposing: true', 'keyCode: 229']) {
      await page.evaluate(
        `document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', ${told}, bubbles: true }))`,
      );
    }
    expect(await underCursor.textContent()).toBe(first);
    await page.getByLabel('严重程度').press('j');
    expect(await underCursor.textContent()).toBe(first);
    await page.keyboard.press('Escape');
    await page.locator('.brand').click();
    await page.keyboard.press('j');
    expect(await underCursor.textContent()).not.toBe(first);
    await page.keyboard.press('k');
    expect(await underCursor.textContent()).toBe(first);
  });

  it('opens a finding and boxes its hit in the picture', async () => {
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/findings/${finding}`);
    const overlay = page.locator('svg.overlay rect');
    await overlay.waitFor();
    const image = page.locator('.picture-sheet img');
    const natural = await image.evaluate(
      (drawn: { naturalWidth: number; naturalHeight: number }) => drawn.naturalWidth,
    );
    const [outer, inner] = [await image.boundingBox(), await overlay.boundingBox()];
    if (outer === null || inner === null) throw new Error('picture or box is not drawn');
    expect(natural).toBe(1280);
    const scale = natural / outer.width;
    const measured = {
      x: (inner.x - outer.x) * scale,
      y: (inner.y - outer.y) * scale,
      w: inner.width * scale,
      h: inner.height * scale,
    };
    const line = 3 * scale + 0.5; // the line is drawn half outside, and counts as part of what is drawn
    for (const side of ['x', 'y', 'w', 'h'] as const)
      expect(Math.abs(measured[side] - box[side])).toBeLessThanOrEqual(line);
    expect(inner.y > 100 && inner.y + inner.height < 730).toBe(true);
    expect((await page.locator('h1').boundingBox())?.y).toBeGreaterThan(44); // the page itself was not scrolled
    await page.getByText('叶子哈希').waitFor();
    await look('finding');
  });

  it('shows the quote, its clause, its cues and both digests of every part', async () => {
    expect(await page.locator('blockquote').textContent()).toBe(CLAIM);
    expect(await page.locator('blockquote mark').textContent()).toBe('风险备付金');
    await page.getByText('网贷整治办函〔2017〕57号 附件第2条').waitFor();
    await page.getByText('出现具体金额').waitFor();
    expect(await page.locator('.digest').count()).toBe(4);
    await page.getByText('2018-03-02 01:31:00（北京时间）').first().waitFor();
  });

  it('decides it by one key, and takes it back by another', async () => {
    await page.keyboard.press('1');
    await page.getByText('已标记为属实').waitFor();
    expect(await decisionOf(finding)).toBe('confirmed');
    await page.locator('h1 .standing-confirmed').waitFor();
    await page.keyboard.press('u');
    await page.locator('h1 .standing-suspected').waitFor();
    expect(await decisionOf(finding)).toBe('undecided');
  });

  it('asks for the reason of a dismissal, and takes it by number', async () => {
    await page.keyboard.press('2');
    await page.getByText('不属实的理由').waitFor();
    await page.keyboard.press('Enter');
    expect(await decisionOf(finding)).toBe('undecided');
    await page.keyboard.press('2');
    await look('dismissal');
    await page.keyboard.press('Enter');
    await page.locator('h1 .standing-dismissed').waitFor();
    expect(await decisionOf(finding)).toBe('dismissed');
    await page.locator('.history').getByText('引用法规或监管要求').waitFor();
  });

  it('goes on to the next finding, says when it has no picture, and goes back to the list', async () => {
    await page.keyboard.press('j');
    await page.getByText('该证据没有截图').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('共 3 条').waitFor();
    expect(await page.locator('tbody tr.row').count()).toBe(3);
  });

  it('shows what a run saw and what it did not', async () => {
    await page.getByRole('link', { name: '巡查批次' }).click();
    await page.locator('tbody tr.row').first().click();
    await page.getByText('验证码').first().waitFor();
    await page.getByText('✕ 未披露').waitFor();
    await look('run');
  });

  it('lists the platforms with what is open on each', async () => {
    await page.getByRole('link', { name: '机构', exact: true }).click();
    await page.getByRole('link', { name: '清源网贷（样例）', exact: true }).waitFor();
    await look('platforms');
  });

  it('went without a complaint of the browser', () => {
    expect(complaints).toEqual([]);
  });

  it('leads back to sign-in when the session is over', async () => {
    await world.store.pool.query('delete from session');
    await page.getByRole('link', { name: '巡查批次' }).click();
    await page.getByLabel('用户名').waitFor();
  });
});
