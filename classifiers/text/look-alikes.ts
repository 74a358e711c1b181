/**
 * Characters that stand in for one another in evasions and in read pictures: same sound or nearly the same shape. The
 * first of a group stands for all. Both the words looked for and the text are mapped, so a word still finds itself.
 */
const GROUPS = [
  '金佥釒',
  '付府附忖副',
  '保堡葆煲',
  '园圆圜',
  '校枚佼',
  '学字斈',
  '款歀欵',
  '账帐賬',
  '贷货袋',
  '险俭捡',
  '备奋',
  '质厔',
  '宝寳',
  '门闩',
  '营菅',
  '业亚',
  '户尸戸',
  '送迭',
  '鸡鸣',
  '证徵',
  '拾捨',
  '额颔',
  '项顶',
  '赔陪',
  '垫塾',
  '预矛',
];

/** Words that a reader of pictures, or somebody hiding, writes for others; same length, and never words themselves. */
const MISWRITTEN: Readonly<Record<string, string>> = {
  惜款: '借款',
  出惜: '出借',
  惜钱: '借钱',
  惜条: '借条',
  凤险: '风险',
  平合: '平台',
  营止部: '营业部',
  地扯: '地址',
  埋财: '理财',
  里财: '理财',
  当夭: '当天',
  开亚: '开业',
  迸店: '进店',
  太吉: '大吉',
  热列: '热烈',
  急用线: '急用钱',
  孑女: '子女',
  眀天: '明天',
  大字生: '大学生',
  字生证: '学生证',
  召聘: '招聘',
  洽淡: '洽谈',
  征值: '征信',
  本全: '本金',
  佘额: '余额',
  拾万: '十万',
  笫一: '第一',
  公父: '公交',
  值伩: '值得',
  首负: '首付',
  签豹: '签约',
  现斤: '现金',
  砍投: '砍头',
  '⬛户': '黑户',
  '■户': '黑户',
  '●户': '黑户',
};

const pattern = new RegExp(Object.keys(MISWRITTEN).join('|'), 'g');
const REPRESENTATIVE = Uint16Array.from({ length: 65536 }, (_, unit) => unit);
for (const group of GROUPS) {
  for (let i = 1; i < group.length; i += 1) REPRESENTATIVE[group.charCodeAt(i)] = group.charCodeAt(0);
}

/** Letters among digits that a reader of pictures takes for digits: 5O0元, l000元. */
function repairDigits(run: string): string {
  return run.replace(/o/g, '0').replace(/[li]/g, '1');
}

/** Puts the word that was probably meant for each miswritten one; length and offsets stay. */
export function repairMiswritten(text: string): string {
  const repaired = text.replace(pattern, (word) => MISWRITTEN[word] ?? word);
  return repaired.replace(
    /[0-9][0-9,]{0,12}[oil][0-9oil,]{0,12}(?![a-z])|(?<![a-z])[li](?:[0-9]|o{2})[0-9o,]{0,12}/g,
    repairDigits,
  );
}

/** Writes the first of its look-alike group for each character; length and offsets stay. */
export function evenOut(text: string): string {
  let out = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const stands = REPRESENTATIVE[unit] ?? unit;
    if (stands === unit) continue;
    out += text.slice(from, at) + String.fromCharCode(stands);
    from = at + 1;
  }
  return from === 0 ? text : out + text.slice(from);
}
