import { type ChecklistItem } from './checklist';

const BLANK = /^[\s\-—–－―_/\\*.…·~～。,，:：()（）[\]【】?？]*$/u;
const PLACEHOLDER =
  /^(?:(?:目前|本机构|平台)?暂(?:无|缺|未\S{0,10})(?:数据|信息|内容|相关\S{0,6})?|n\/?a|null|undefined|nan|tbd|none|x{2,}|无数据|待(?:定|更新|补充|公布|披露|完善|核实|填写)|(?:正在|尚在)?(?:办理|申请|审核|审批|受理|更新|建设|完善|统计|整理|加载|筹备)中|正在(?:办理|申请|审核|更新|完善|加载)\S{0,4}|敬请期待|(?:详?见|以|参见|按)(?:借款|出借|相关|具体|双方)?(?:合同|协议)(?:约定|规定|条款|内容)?(?:为准)?|loading)$/iu;
const TEMPLATE = /\{\{[^}]*\}\}|\$\{[^}]*\}|<%|\[object Object\]|^%[sd]$/;
const NONE =
  /^(?:无|没有|零|0(?:\.0+)?(?:元|笔|人|个|家|%|万元|亿元)?|未设(?:立)?|不涉及|不适用|不存在)(?:[。.]|[（(].*[)）])?$/u;
const WAITING = /尚未|等待|待验收|未完成备案|未备案|验收|整改/;

/**
 * Says whether a value that stands beside its label answers it. Asked before the shape of the value is looked at: a
 * placeholder fits almost every shape. `0` always answers; 无 only where the item may be empty; words on a pending
 * filing only where the notice allows them.
 */
export function isEmptyFor(item: Pick<ChecklistItem, 'empty'>, value: string): boolean {
  const text = value.normalize('NFKC').trim();
  if (BLANK.test(text) || TEMPLATE.test(text)) return true;
  if (PLACEHOLDER.test(text.replace(/[。.！!…\s]+$/u, ''))) return true;
  if (/^0/.test(text)) return false;
  if (NONE.test(text)) return item.empty === 'required';
  return item.empty === 'required' && text.length < 12 && WAITING.test(text) && !/\d/.test(text);
}

/** Says that there is none of something: 无, 未设立…. */
export function saysNone(value: string): boolean {
  return NONE.test(value.normalize('NFKC').trim());
}
