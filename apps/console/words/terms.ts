/** Chinese for the code words of the interface. A word that is not listed is shown as it is, so that nothing is hidden. */
export const SEVERITY: Readonly<Record<string, string>> = {
  S1: '一级 · 不得备案',
  S2: '二级 · 应予整改',
  S3: '三级 · 披露缺失',
  S4: '四级 · 待核线索',
};

export const SEVERITY_SHORT: Readonly<Record<string, string>> = { S1: '一级', S2: '二级', S3: '三级', S4: '四级' };

export const VERDICT: Readonly<Record<string, string>> = { flag: '疑似违规', review: '需人工判断', drop: '已排除' };

export const DECISION: Readonly<Record<string, string>> = {
  undecided: '未处置',
  confirmed: '属实',
  dismissed: '不属实',
  'duplicate-of': '重复',
  parked: '待查',
};

export const PRESENCE: Readonly<Record<string, string>> = {
  live: '在线',
  'not-seen': '未见',
  gone: '已消失',
  back: '再次出现',
};

export const STANDING: Readonly<Record<string, string>> = {
  suspected: '疑似',
  confirmed: '属实',
  dismissed: '不属实',
  duplicate: '重复',
  parked: '待查',
  'verified-fixed': '已核实整改',
  relapsed: '整改后复发',
  'withdrawn-silently': '自行撤下',
};

export const REASON: Readonly<Record<string, string>> = {
  denial: '否认性表述（如“本平台不设…”）',
  quotation: '引用法规或监管要求',
  news: '新闻报道或投资者教育',
  'other-meaning': '词语另有含义',
  'other-firm': '说的是其他机构',
  'page-error': '页面异常或抓取错误',
};

export const SOURCE: Readonly<Record<string, string>> = {
  visible: '页面可见文字',
  hidden: '隐藏文字',
  title: '网页标题',
  meta: '网页描述信息',
  alt: '图片替代文字',
  ocr: '图片文字识别',
  pdf: 'PDF 文件',
};

export const AREA: Readonly<Record<string, string>> = {
  nav: '导航',
  header: '页首',
  main: '正文',
  aside: '侧栏',
  footer: '页脚',
  head: '网页头部',
};

export const PAGE_KIND: Readonly<Record<string, string>> = {
  home: '首页',
  product: '产品页',
  loan: '标的页',
  about: '关于我们',
  disclosure: '信息披露',
  help: '帮助中心',
  news: '新闻动态',
  notice: '公告',
  academy: '知识学院',
  agreement: '协议',
  activity: '活动页',
  listing: '应用商店页',
  ad: '广告',
  leaflet: '线下宣传品',
};

export const CHANNEL: Readonly<Record<string, string>> = {
  website: '网站',
  'app-listing': '应用商店',
  ad: '广告',
  offline: '线下',
};

export const TRIGGER: Readonly<Record<string, string>> = {
  nightly: '夜间例行',
  complaint: '举报核查',
  publicity: '公示期巡查',
  manual: '人工发起',
};

export const TASK_STATE: Readonly<Record<string, string>> = {
  planned: '待巡查',
  looking: '抓取中',
  rendering: '渲染中',
  judging: '判定中',
  done: '已完成',
  failed: '失败',
};

export const OUTCOME: Readonly<Record<string, string>> = {
  ok: '正常',
  'not-modified': '未变化',
  partial: '加载不完整',
  blocked: '被拦截',
  captcha: '验证码',
  'login-wall': '需登录',
  'error-page': '错误页',
  empty: '空白页',
  timeout: '超时',
  'too-large': '内容过大',
  unreachable: '无法连接',
  'tls-error': '证书错误',
  throttled: '被限速',
  'redirect-loop': '循环跳转',
  parked: '域名停放',
  maintenance: '维护中',
  download: '文件下载',
  'refused-by-robots': 'robots 不允许',
  'refused-address': '地址不允许',
  gone: '页面不存在',
  budget: '超出页数上限',
  depth: '超出层级上限',
  'template-sampled': '同类页面抽样',
  'not-rendered': '未经渲染',
  'not-read': '内容未能读取',
};

export const DISCLOSURE_STATE: Readonly<Record<string, string>> = {
  present: '已披露',
  'present-empty': '有栏目无内容',
  stale: '未按期更新',
  absent: '未披露',
  'not-checkable': '无法核查',
};

export const PLACE: Readonly<Record<string, string>> = {
  home: '首页',
  disclosure: '信息披露专栏',
  about: '关于我们',
  sitemap: '网站地图',
  help: '帮助中心',
  agreement: '协议',
  notice: '公告',
  product: '产品页',
  footer: '页脚',
};

export const PART: Readonly<Record<string, string>> = {
  dom: '渲染后页面',
  layout: '版面快照',
  screenshot: '整页截图',
  pageinfo: '页面信息',
};

export const EVENT: Readonly<Record<string, string>> = {
  'finding.filed': '发现线索',
  'finding.decided': '作出处置',
  'presence.changed': '在线情况变化',
};

/** Why a rule took words for a hit, or hesitated. */
export const CUE: Readonly<Record<string, string>> = {
  negated: '否定表述',
  prohibited: '禁止性表述',
  'regulation-quote': '引用法规条文',
  ended: '已停止或取消',
  archived: '历史存档内容',
  'self-check': '自查整改表述',
  report: '新闻报道口吻',
  education: '风险教育内容',
  comment: '用户评论',
  warning: '风险警示',
  question: '疑问句',
  dated: '以往年份',
  'other-meaning': '词语另有含义',
  'own-brand': '以本平台名义',
  'first-person': '第一人称',
  invitation: '招揽用语',
  amount: '出现具体金额',
  amplified: '强化用语',
  evasion: '规避写法（拆字、谐音等）',
  hidden: '隐藏文字',
  'lead-only': '仅作线索',
  term: '命中词语',
  'weak-term': '弱提示词',
  'words-together': '词语组合',
  'worked-out': '推算过程',
  wording: '措辞（是否招揽）',
  topic: '措辞（所涉事项）',
  'wording-alone': '仅凭措辞，未见规则词语',
  short: '文字过短，仅按规则词语判断',
  uncalibrated: '该规则尚无标注文本，按同类规则估计',
  'bare-word': '孤立词语',
  'possibly-negated': '可能为否定',
  'page-kind': '页面类型',
  news: '新闻页面',
  absent: '未见披露',
  placeholder: '有栏目无内容',
  'not-reproduced': '浏览器复看时未再现',
  'not-looked-at-twice': '未经浏览器复看',
  'hidden-by-layout': '页面上不可见',
  'seen-after-opening': '展开或切换后可见',
};

/** Why an item is in its state, or could not be checked. */
export const DISCLOSURE_REASON: Readonly<Record<string, string>> = {
  'looked-for-and-not-there': '应披露的位置均已查看，未见',
  placeholder: '仅有栏目或占位内容',
  'branches-unknown': '分支机构情况不明',
  'footer-picture': '页脚为图片，无法读取',
  'no-such-page-on-the-site': '站内没有相应页面',
  'not-found': '未找到相应页面',
  'not-read': '内容未能读取',
  'not-seen': '相应页面未能看到',
  'older-than-required': '数据时点早于应披露时间',
  'seen-without-browser': '未经浏览器查看',
  'site-not-seen-whole': '网站未能完整查看',
  'login-wall': '需登录才能查看',
};

/** 中文，找不到时原样给出。 */
export function termOf(terms: Readonly<Record<string, string>>, word: string): string {
  return terms[word] ?? word;
}
