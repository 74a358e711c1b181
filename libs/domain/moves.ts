import { MoveNotAllowedError } from './errors';

/** Which states may follow which. Every state of the union is a key, so a forgotten one does not compile. */
export type Moves<State extends string> = Readonly<Record<State, readonly State[]>>;

/** Says whether `to` may follow `from`. Staying where one is, is a move like any other and must be listed. */
export function mayMove<State extends string>(moves: Moves<State>, from: State, to: State): boolean {
  return moves[from].includes(to);
}

/**
 * Gives `to` back when it may follow `from`.
 *
 * @param subject What moves, for the message: `finding 01…`.
 * @throws {MoveNotAllowedError} when the table does not list the move.
 */
export function move<State extends string>(moves: Moves<State>, subject: string, from: State, to: State): State {
  if (!mayMove(moves, from, to)) throw new MoveNotAllowedError(subject, from, to, moves[from]);
  return to;
}
