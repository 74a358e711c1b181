/** A page of an invented platform, long enough that its picture has to be scrolled; for pictures of it. */
export const CLAIM = '平台已设立5000万元风险备付金，逾期由备付金先行垫付，本息无忧。';

export const SAMPLE_PAGE = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>金禾稳贷</title><style>
body{margin:0;font-family:"Noto Sans CJK SC",sans-serif;color:#333;width:1280px}
header{background:#d9342b;color:#fff;padding:18px 90px;display:flex;justify-content:space-between;font-size:22px}
header nav{font-size:15px;word-spacing:22px}
.hero{height:420px;background:linear-gradient(120deg,#ff7a45,#d9342b);color:#fff;padding:110px 90px 0;box-sizing:border-box}
.hero h1{font-size:46px;margin:0 0 18px}.hero p{font-size:20px;margin:0}
section{padding:46px 90px}.cards{display:grid;grid-template-columns:repeat(3,1fr);gap:26px}
.card{border:1px solid #eee;border-radius:8px;padding:26px;box-shadow:0 2px 10px #0001}.card b{display:block;font-size:30px;color:#d9342b}
.trust{background:#fff7f2}.trust p{font-size:17px;line-height:2}#claim{display:inline}
footer{background:#333;color:#bbb;padding:34px 90px;font-size:13px;line-height:2}</style></head><body>
<header><span>金禾稳贷</span><nav>首页 我要出借 我要借款 信息披露 关于我们</nav></header>
<div class="hero"><h1>安心出借 稳健相伴</h1><p>注册即享新手专属福利</p></div>
<section><h2>推荐项目</h2><div class="cards">${['禾苗计划 A18', '禾苗计划 B07', '禾苗计划 C32']
  .map((name) => `<div class="card">${name}<b>9.6%</b>历史年化&emsp;期限 6 个月</div>`)
  .join('')}</div></section>
<section class="trust"><h2>安全保障</h2><p><span id="claim">${CLAIM}</span></p><p>资金由合作银行存管，出借人与借款人直接建立借贷关系。</p></section>
<section><h2>平台动态</h2>${'<p>关于系统升级维护的公告&emsp;2018-02-26</p>'.repeat(14)}</section>
<footer>网贷有风险，出借需谨慎&emsp;·&emsp;客服电话 400-000-0000<br>虚构样例，仅供测试</footer></body></html>`;
