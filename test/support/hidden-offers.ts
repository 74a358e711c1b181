import { type FixturePage } from './fixture-server';

/** One place where a platform may keep an offer out of the first sight. */
export interface HiddenOffer {
  readonly place: string;
  /** Said nowhere else. */
  readonly offer: string;
  readonly pages: Readonly<Record<string, FixturePage>>;
  /** Whether the start page links to it; else it must be found by other ways. */
  readonly isLinked: boolean;
}

const html = (body: string): string =>
  `<!doctype html><meta charset="utf-8"><title>某某贷</title><h1>产品</h1><p>${'本平台是网络借贷信息中介机构，出借需谨慎。'.repeat(12)}</p>${body}`;

/** Fetched, so that the offer stands in no markup before somebody opens its place. */
const fetched = (nth: number, offer: string): Record<string, FixturePage> => ({
  [`/part/${nth}`]: { type: 'text/plain', body: offer },
});
const load = (nth: number, into: string): string =>
  `fetch('/part/${nth}').then((r) => r.text()).then((t) => { ${into}; })`;

type Page = (nth: number, offer: string) => string;

/** Places on a page of their own; what is behind them is fetched when they are opened. */
const PLACES: Readonly<Record<string, Page>> = {
  'tab by role': (n) =>
    `<div role="tablist"><button role="tab" aria-selected="true">散标</button><button role="tab" onclick="${load(n, 'out.textContent = t')}">校园</button></div><div id="out"></div>`,
  'tab by class': (n) =>
    `<ul class="tab"><li class="on">一</li><li onclick="${load(n, 'out.textContent = t')}">二</li></ul><div id="out"></div>`,
  'tab inside a tab': (n) =>
    `<ul class="tab"><li class="on">一</li><li onclick="out.innerHTML = '<ul class=tabs><li>甲</li><li id=inner>乙</li></ul><p id=deep></p>'; inner.onclick = () => ${load(n, 'deep.textContent = t')}">二</li></ul><div id="out"></div>`,
  'select with onchange': (n) =>
    `<select onchange="${load(n, 'out.textContent = t')}"><option>三个月</option><option>校园专享</option></select><div id="out"></div>`,
  'select with a listener': (n) =>
    `<label class="tab">期限 <select id="s"><option>三个月</option><option>六个月</option></select></label><div id="out"></div><script>s.addEventListener('change', () => { if (s.selectedIndex === 1) ${load(n, 'out.textContent = t')} })</script>`,
  details: (n) =>
    `<details ontoggle="${load(n, 'out.textContent = t')}"><summary>费率</summary><p id="out"></p></details>`,
  'fold by aria': (n) =>
    `<button class="tab-like" aria-expanded="false" onclick="${load(n, 'out.textContent = t')}">常见问题</button><details></details><p id="out"></p>`,
  '"more" button': (n) =>
    `<p>简介</p><span class="swiper" onclick="${load(n, 'out.textContent = t')}">查看更多</span><p id="out"></p>`,
  '"load more" pressed three times': (n) =>
    `<div class="slider"></div><ul id="list"></ul><button onclick="window.k = (window.k || 0) + 1; if (k === 3) { ${load(n, "list.innerHTML += '<li>' + t")} } else list.innerHTML += '<li>标的' + k">加载更多</button>`,
  'carousel with arrows': (n) =>
    `<div class="carousel"><p id="slide">第一张</p><a class="carousel-next" href="javascript:void(0)" onclick="${load(n, 'slide.textContent = t')}">›</a></div>`,
  'carousel with dots': (n) =>
    `<div class="swiper"><p id="slide">第一张</p><div class="swiper-pagination"><span class="swiper-pagination-bullet active">&nbsp;</span><span class="swiper-pagination-bullet" onclick="${load(n, 'slide.textContent = t')}">&nbsp;</span></div></div>`,
  'frame of the site': (n) => `<iframe src="/part/${n}"></iframe>`,
  'frame in a frame': (n) => `<iframe src="/outer/${n}"></iframe>`,
  'lazy list': (n) =>
    `<div class="swiper"></div><div style="height:3000px"></div><div id="end"></div><script>new IntersectionObserver(([e], o) => { if (e.isIntersecting) { o.disconnect(); ${load(n, 'end.textContent = t')} } }).observe(end)</script>`,
  'lazy list in a box': (n) =>
    `<div class="slider" id="box" style="height:120px;overflow:auto" onscroll="if (this.scrollTop + this.clientHeight > this.scrollHeight - 5 && !this.done) { this.done = 1; ${load(n, "box.innerHTML += '<p>' + t")} }"><div style="height:900px">标的列表</div></div>`,
  'overlay over the page': (_, offer) =>
    `<details></details><div style="position:fixed;inset:0;background:#fff"><p>${offer}</p><button class="close">×</button></div><script>document.querySelector('.close').onclick = (e) => e.target.parentElement.remove()</script>`,
  'text that a script writes': (n) => `<div id="app"></div><script>${load(n, 'app.textContent = t')}</script>`,
  'text written late': (n) =>
    `<div id="app"></div><script>setTimeout(() => ${load(n, 'app.textContent = t')}, 400)</script>`,
  'menu that opens under the mouse': (n) =>
    `<ul class="tab-like nav-menu"><li class="dropdown" onmouseenter="${load(n, "this.innerHTML += '<ul><li>' + t")}">我要借款</li></ul><details></details>`,
  'shadow of an element': (n) =>
    `<details></details><x-offer></x-offer><script>const root = document.querySelector('x-offer').attachShadow({ mode: 'open' }); ${load(n, "root.innerHTML = '<p>' + t + '</p>'")}</script>`,
};

/** Pages that are reached by other ways than a link on the start page. */
function byOtherWays(first: number): HiddenOffer[] {
  const offerOf = (nth: number): string => `校园专享零门槛第${first + nth}号`;
  return [
    {
      place: 'page that the sitemap alone names',
      offer: offerOf(0),
      isLinked: false,
      pages: { '/only-in-sitemap.html': html(`<p>${offerOf(0)}</p>`) },
    },
    {
      place: 'page of a second-level menu that a script writes',
      offer: offerOf(1),
      isLinked: false,
      pages: { '/menu-target.html': html(`<p>${offerOf(1)}</p>`) },
    },
    {
      place: 'page behind a frame’s link',
      offer: offerOf(2),
      isLinked: false,
      pages: {
        '/frame-target.html': html(`<p>${offerOf(2)}</p>`),
        '/frame-nav': '<a href="/frame-target.html">产品</a>',
      },
    },
    {
      place: 'page that redirects by meta refresh',
      offer: offerOf(3),
      isLinked: false,
      pages: {
        '/refreshed.html': html(`<p>${offerOf(3)}</p>`),
        '/refresh': '<title>跳</title><meta http-equiv="refresh" content="0; url=/refreshed.html">',
      },
    },
  ];
}

/** Every place with its offer. */
export const HIDDEN_OFFERS: readonly HiddenOffer[] = [
  ...Object.entries(PLACES).map(([place, page], nth) => {
    const offer = `校园专享零门槛第${nth}号`;
    const pages = {
      [`/place/${nth}`]: html(page(nth, offer)),
      [`/outer/${nth}`]: `<iframe src="/part/${nth}"></iframe>`,
      ...(place.startsWith('overlay') ? {} : fetched(nth, offer)),
    };
    return { place, offer, isLinked: true, pages };
  }),
  ...byOtherWays(Object.keys(PLACES).length),
];

/** The whole platform: a start page that links to every place that is linked, and a sitemap that names one more. */
export function hiddenPlatform(origin: () => string): Record<string, FixturePage> {
  const links = HIDDEN_OFFERS.flatMap(({ isLinked }, nth) =>
    isLinked ? [`<a href="/place/${nth}">产品${nth}</a>`] : [],
  );
  const menu = `<ul class="tab"><li class="on">首页</li></ul><ul id="menu"></ul><script>menu.innerHTML = '<li style="display:none"><a href="/menu-target.html">校园</a></li>'</script>`;
  const pages: Record<string, FixturePage> = Object.assign({}, ...HIDDEN_OFFERS.map(({ pages: own }) => own)) as Record<
    string,
    FixturePage
  >;
  pages['/'] = html(`${links.join(' ')}${menu}<iframe src="/frame-nav"></iframe><a href="/refresh">活动</a>`);
  Object.defineProperty(pages, '/sitemap.xml', {
    get: () => `<?xml version="1.0"?><urlset><url><loc>${origin()}/only-in-sitemap.html</loc></url></urlset>`,
  });
  return pages;
}
