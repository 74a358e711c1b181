import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { type Request } from 'express';
import { type Account, NotSignedInError, type RegionScope, type Role } from '#libs/domain';

/** A request with the account its cookie belongs to, put there by the guard. */
export interface SignedInRequest extends Request {
  account?: Account;
}

export const COOKIE = 'mingcha_session';

/** The session token of a request's cookie; null when there is none. */
export function tokenOf(request: Request): string | null {
  const cookies = request.cookies as Readonly<Record<string, unknown>> | undefined;
  const token = cookies?.[COOKIE];
  return typeof token === 'string' && token !== '' ? token : null;
}

/** @throws {NotSignedInError} when the guard let somebody in without an account. */
export function accountOf({ account }: SignedInRequest): Account {
  if (account === undefined) throw new NotSignedInError();
  return account;
}

/** Who asks. */
export const SignedIn = createParamDecorator((_: unknown, context: ExecutionContext): Account =>
  accountOf(context.switchToHttp().getRequest<SignedInRequest>()),
);

/** The region whose platforms the one who asks may see. */
export const Scope = createParamDecorator((_: unknown, context: ExecutionContext): RegionScope => {
  return { prefix: accountOf(context.switchToHttp().getRequest<SignedInRequest>()).region };
});

export const OPEN_TO_ALL = 'open-to-all';
export const OPEN_TO_ROLES = 'open-to-roles';

/** For what is asked before signing in. */
export const OpenToAll = (): ReturnType<typeof SetMetadata> => SetMetadata(OPEN_TO_ALL, true);

/** For what only some roles may do; administrators always may. */
export const OpenTo = (...roles: Role[]): ReturnType<typeof SetMetadata> => SetMetadata(OPEN_TO_ROLES, roles);
