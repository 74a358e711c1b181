import { type Checklist, type ChecklistItem } from './checklist';

const UNITS = /[（(](?:单位[:：]?)?(?:人民币)?(?:万|亿|百万)?(?:元|笔|人|个|家|次|%|万)(?:\/?(?:笔|人))?[)）]/g;
const NUMBERING = /^(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[、.．)])/;
const AROUND =
  /^(?:截至目前|截至当前|自成立以来|平台|公司|企业|本机构|机构|本平台|当前平台)|(?:信息|情况|概况|说明|如下|数量|公示)$/;
const PUNCTUATION = /[\s:：()（）、/／·,，"“”'‘’*＊\-—_|｜.。]/g;

/** A label as it is compared: no numbering, units, spaces or punctuation. */
export function foldLabel(label: string): string {
  return label
    .normalize('NFKC')
    .replace(NUMBERING, '')
    .replace(UNITS, '')
    .replace('(不含)', '')
    .replace(PUNCTUATION, '');
}

/** Finds the items that a label speaks of. */
export class LabelIndex {
  private readonly byLabel = new Map<string, ChecklistItem[]>();
  private readonly longFirst: readonly string[];

  constructor(checklist: Checklist) {
    for (const item of checklist.items) {
      for (const label of item.labels) this.add(foldLabel(label), item);
    }
    this.longFirst = [...this.byLabel.keys()]
      .filter((it) => it.length >= 4)
      .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  }

  private add(label: string, item: ChecklistItem): void {
    const items = this.byLabel.get(label) ?? [];
    this.byLabel.set(label, items);
    if (!items.includes(item)) items.push(item);
  }

  /** Items whose label this is; several for `注册资本/实缴资本`; empty when it is none. */
  itemsOf(label: string): readonly ChecklistItem[] {
    if (label.length > 60) return [];
    const folded = foldLabel(label);
    const whole = this.exact(folded);
    if (whole.length > 0) return whole;
    const parts = label
      .normalize('NFKC')
      .split(/[/、,及和与]/)
      .map((it) => foldLabel(it));
    const found = parts.length > 1 && parts.length <= 6 ? parts.flatMap((it) => this.exact(it)) : [];
    return found.length > 0 ? [...new Set(found)] : this.nearly(folded);
  }

  private exact(folded: string): readonly ChecklistItem[] {
    if (folded === '') return [];
    return (
      this.byLabel.get(folded) ??
      this.byLabel.get(folded.replace(AROUND, '')) ??
      this.byLabel.get(folded.replace(AROUND, '').replace(AROUND, '')) ??
      []
    );
  }

  /** A known label with a few characters around it. */
  private nearly(folded: string): readonly ChecklistItem[] {
    const known = this.longFirst.find((it) => folded.includes(it) && folded.length <= it.length + 5);
    return known === undefined ? [] : (this.byLabel.get(known) ?? []);
  }
}
