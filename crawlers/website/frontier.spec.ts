import { newId, type PlannedPage } from '#libs/domain';
import { Frontier } from './frontier';

let count = 0;
const aPage = (given: Partial<PlannedPage> = {}): PlannedPage => {
  count += 1;
  return {
    taskId: newId(),
    pageId: newId(),
    url: `http://a.test/${count}`,
    urlKey: `http://a.test/${count}`,
    role: 'page',
    depth: 1,
    priority: 100,
    state: 'planned',
    renderReason: null,
    linkText: '',
    persona: 'desktop',
    ...given,
  };
};
const drain = (frontier: Frontier): PlannedPage[] => {
  const taken: PlannedPage[] = [];
  for (let page = frontier.next(); page !== null; page = frontier.next()) taken.push(page);
  return taken;
};

describe('the frontier', () => {
  it('gives the most urgent page first, then the nearest, then the oldest', () => {
    const frontier = new Frontier('planned', 100);
    const pages = Array.from({ length: 60 }, (_, n) => aPage({ priority: (n * 7) % 5, depth: (n * 3) % 4 }));
    frontier.add(pages);
    const sorted = pages.toSorted((a, b) => a.priority - b.priority || a.depth - b.depth);
    expect(drain(frontier).map(({ url }) => url)).toEqual(sorted.map(({ url }) => url));
  });

  it('takes a page in once, and only from the state of its pass', () => {
    const frontier = new Frontier('planned', 100);
    const page = aPage();
    const states = (['seen', 'unseen', 'passed-over', 'render'] as const).map((state) => aPage({ state }));
    expect(frontier.add([page, page, ...states])).toEqual([page]);
    expect(drain(frontier)).toEqual([page]);
    expect(frontier.add([page])).toEqual([]);
  });

  it('gives no page beyond the budget, but robots and sitemap files still', () => {
    const frontier = new Frontier('planned', 2);
    const sitemap = aPage({ role: 'sitemap', priority: 500 });
    frontier.add([aPage(), aPage(), aPage(), aPage(), sitemap]);
    expect(frontier.beyondBudget).toBe(0);
    const taken = drain(frontier);
    expect(taken).toHaveLength(3);
    expect(taken).toContain(sitemap);
    expect(frontier.beyondBudget).toBe(2);
  });

  it('counts a page ordered for the browser, and no second look', () => {
    const frontier = new Frontier('render', 1);
    const second = [
      aPage({ state: 'render', renderReason: 'second-look' }),
      aPage({ state: 'render', renderReason: 'script' }),
    ];
    const asked = [
      aPage({ state: 'render', renderReason: 'asked' }),
      aPage({ state: 'render', renderReason: 'asked' }),
    ];
    frontier.add([...second, ...asked]);
    expect(drain(frontier)).toHaveLength(3);
    expect(frontier.beyondBudget).toBe(1);
  });

  it('gives nothing when nothing fits', () => {
    const frontier = new Frontier('planned', 0);
    expect(frontier.next()).toBeNull();
    frontier.add([aPage()]);
    expect(frontier.next()).toBeNull();
    expect(frontier.beyondBudget).toBe(1);
  });
});
