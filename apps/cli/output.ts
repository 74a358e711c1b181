/** Where a command writes: machine output alone goes to `out`, everything a person reads beside it to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether a person sits at `err`: only then progress is drawn. */
  readonly isInteractive: boolean;
}

/** The real terminal of this process. */
export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isInteractive: process.stderr.isTTY === true,
};

/** One JSON document with a line end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
