import { setTimeout as delay } from 'node:timers/promises';

/** Resolves when a condition holds; there is no limit but that of the test. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(5);
}

/** Something to wait at. */
export function aGate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
