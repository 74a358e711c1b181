import { type Outcome } from '#libs/domain';

/** Words that show what a short page is. Few and sure: on a long page they mean nothing. */
export interface OutcomeMark {
  readonly outcome: Outcome;
  /** English, for the visit's detail. */
  readonly name: string;
  readonly words: RegExp;
  /** Words beside which the mark means something else. */
  readonly unless?: RegExp;
  /** Title and text together, in characters, beyond which the words are only mentioned; as short as any notice when absent. */
  readonly most?: number;
}

/** Looked for in the title and text of pages with little text, in this order. */
export const TEXT_MARKS: readonly OutcomeMark[] = [
  {
    outcome: 'captcha',
    name: 'captcha page',
    words:
      /(请|需要?)(先)?(完成|进行|通过|输入).{0,8}(安全|人机|滑[块动]|图形|身份)?(验证|校验)|(输入|填写).{0,8}验证码|人机(验证|识别)|滑动.{0,6}(验证|解锁|拼图)|(拖动|按住).{0,6}滑块|确认您?(不是|并非)机器人|安全验证|are you (a )?(human|robot)|i'?m not a robot|verify (that )?you are (a )?human|complete the (captcha|security check)|checking your browser|just a moment\.\.\./i,
    // A form to sign up asks for a code by text message; an advertisement's page may hold little else.
    unless: /手机|短信|注册|借款|贷款|额度|出借/,
  },
  {
    outcome: 'throttled',
    name: 'rate limit page',
    words: /(访问|请求|操作)(过于|太|太过)频繁|too many requests|rate limit exceeded/i,
  },
  {
    outcome: 'blocked',
    name: 'block page',
    words:
      /(您?的)?(访问|请求)(可能|行为)?.{0,8}(被(阻断|拦截|拒绝|禁止)|存在(安全)?(威胁|风险|异常))|(网站|web应用)防火墙|(ip|地址)已?被(封禁|限制|禁止)|禁止访问|拒绝访问|没有权限访问|访问受限|未根据工信部相关法律进行备案|尚未完成备案|该网站暂时无法(进行)?访问|所在(的)?(地区|区域|国家).{0,8}(不支持|无法|不能|限制)|请(在|使用)微信(客户端)?.{0,4}打开|浏览器版本(过低|过旧|太低)|access denied|request blocked|you have been blocked|403 forbidden|web application firewall|non-compliance icp filing/i,
  },
  {
    outcome: 'gone',
    name: 'page-not-found text',
    words:
      /(页面|网页|文章|内容|信息|地址|产品|标的|链接).{0,10}(不存在|没有找到|未找到|找不到|已被?(删除|移除|下架)|已失效)|(没有|未能?)找到.{0,6}(页面|网页|内容)|404\s*(not found|错误|error|页面)|page not found|not found on this server/i,
  },
  {
    outcome: 'maintenance',
    name: 'maintenance page',
    words:
      /(系统|网站|平台|服务器?|站点).{0,8}(维护|升级|改版)|正在(进行)?(系统)?(维护|升级)|(维护|升级)(公告|中)|暂停(服务|访问)|under maintenance|scheduled maintenance|be back soon|temporarily (unavailable|offline)/i,
  },
  {
    outcome: 'parked',
    name: 'parked domain or default server page',
    words:
      /域名.{0,8}(出售|转让|停放|已过期|过期未续费)|(购买|出售)(此|该|这个)域名|domain (name )?(is|may be) (for sale|parked)|buy this domain|this domain has expired|parked (free|domain)|welcome to (nginx|openresty|tengine)|iis windows( server)?|apache2? .{0,20}default page|it works!|恭喜.{0,4}站点创建成功|网站(正在)?建设中|under construction|index of \/|站点已被?(管理员)?(暂停|停止|关闭)|(空间|主机)已?(到期|过期|停用)/i,
  },
  {
    outcome: 'error-page',
    name: 'error text under status 200',
    words:
      /^(50[0-4]|http (status )?50\d)\b|internal server error|bad gateway|gateway time-?out|service (temporarily )?unavailable|(系统|服务器?|程序)(内部)?(错误|异常|繁忙|出错)|网络(繁忙|异常)|fatal error: |sqlstate\[|java\.lang\.\w+exception|database connection error|数据库连接(失败|错误)|whitelabel error page|uncaught \w+exception|traceback \(most recent|^\W*(code|status|errcode)\W{1,4}[45]\d\d\b/i,
  },
  {
    outcome: 'partial',
    name: 'words that something is still to come',
    words: /(正在|努力)(加载|载入|跳转)|加载中|请(开启|启用|允许).{0,4}javascript|enable javascript|redirecting/i,
    most: 60,
  },
];

/** Said by pages with hardly any other word, where a visitor must sign in first. */
export const SIGN_IN_WORDS =
  /(请|需要?)(您)?先?(登录|登陆)(后|之后|才)?|(尚未|还未|没有)登(录|陆)|登录(状态)?已?(超时|过期|失效)/;

/** Addresses that sites send visitors to when a page is not there. */
export const ERROR_PATH = /(^|\/)(404|error-?404|not-?found|error)(\.\w{2,5})?\/?$/i;

/** Looked for in the markup of pages with little text: scripts that stand before the page they guard. */
export const MARKUP_MARKS: readonly OutcomeMark[] = [
  {
    outcome: 'captcha',
    name: 'script challenge',
    words:
      /_cf_chl_opt|cf-chl-|\/cdn-cgi\/challenge-platform|geetest\.(com|js)|g-recaptcha|hcaptcha\.com|aliyuncaptcha|_waf_captcha|turing\.captcha/i,
  },
  {
    outcome: 'blocked',
    name: 'firewall script',
    words:
      /acw_sc__v[23]|__jsl_clearance|\$_ts\s*=|safedog|yunsuo_session|wzws-waf-cgi|_waf_is_mobile|errors\.aliyun\.com|waf\.tencent|incapsula incident/i,
  },
];

/** Paths of pages whose purpose is to sign in or up. */
export const SIGN_IN_PATH =
  /(^|[/._-])(log-?in|log-?on|sign-?in|sign-?up|passport|sso|cas|register|reg|denglu|zhuce)([/._-]|$)/i;
