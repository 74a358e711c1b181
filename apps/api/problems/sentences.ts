/** What people read, by error code. Every code of `libs/domain/errors.ts` has one; a spec counts them. */
export const SENTENCES: Readonly<Record<string, string>> = {
  ADDRESS_REFUSED: '该地址不允许访问',
  BODY_TOO_LARGE: '提交的内容过大',
  BODY_UNREADABLE: '提交的内容无法识别',
  BROWSER_UNAVAILABLE: '浏览器无法启动，请联系运维人员',
  DATA_DIRECTORY_IN_USE: '数据目录正被另一个进程使用',
  DATABASE_TOO_OLD: '数据库版本过低，请联系运维人员',
  DATABASE_UNAVAILABLE: '数据库暂时无法访问，请稍后再试',
  EVIDENCE_TAMPERED: '证据校验未通过：内容与封存时的摘要不一致，请立即联系运维人员',
  INPUT_INVALID: '填写的内容不符合要求',
  INTERNAL: '系统内部错误，已记录，请联系运维人员',
  LISTING_UNREADABLE: '应用商店页面无法识别',
  LOG_KEY_UNUSABLE: '证据日志的签名密钥无法使用，请联系运维人员',
  LOG_REWRITTEN: '证据日志与先前签名的内容不一致，请立即联系运维人员',
  MOVE_NOT_ALLOWED: '当前状态下不能进行该操作',
  NOT_FOUND: '没有找到，或不在您的管辖范围内',
  NOT_SIGNED_IN: '用户名或密码不正确，或登录已失效',
  OCR_UNAVAILABLE: '图片识别暂时不可用，请联系运维人员',
  ORDERS_REFUSED: '该操作不符合规定',
  ORIGIN_REFUSED: '请求来源不被允许，请从本系统页面操作',
  PUBLICITY_TOO_SHORT: '公示时间应不少于两周',
  QUEUE_UNAVAILABLE: '任务队列暂时无法访问，请稍后再试',
  REQUEST_INVALID: '请求中有不符合要求的字段',
  REVISION_CONFLICT: '该记录已被他人更新，请刷新后重试',
  ROLE_MISSING: '您的账号没有此项权限',
  RULE_SCHEMA: '规则文件不符合格式要求',
  SCHEMA_MISMATCH: '数据库结构与程序版本不一致，请联系运维人员',
  SETTINGS_UNUSABLE: '系统设置有误，请联系运维人员',
  STORAGE_UNAVAILABLE: '证据存储暂时无法写入，请联系运维人员',
  TARGET_URL_INVALID: '监测地址无效，应为完整的网址',
  TOO_MANY_ATTEMPTS: '登录失败次数过多，请稍后再试',
  WARC_FILE_DAMAGED: '证据归档文件损坏，请联系运维人员',
};

/** The sentence for a code; the general one for a code that has none. */
export function sentenceOf(code: string): string {
  return SENTENCES[code] ?? '操作未能完成';
}
