import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Account, NotSignedInError, type Role, RoleMissingError } from '#libs/domain';
import { OPEN_TO_ALL, OPEN_TO_ROLES, type SignedInRequest, tokenOf } from './signed-in';
import { SignIn } from './sign-in';

/** Lets in whoever holds a session, and only to what is open to their roles. Closed unless said otherwise. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly signIn: SignIn,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(OPEN_TO_ALL, places) === true) return true;
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const token = tokenOf(request);
    const account = token === null ? null : await this.signIn.accountOf(token);
    if (account === null) throw new NotSignedInError('no session, or the session is over');
    const wanted = this.reflector.getAllAndOverride<Role[] | undefined>(OPEN_TO_ROLES, places);
    if (wanted !== undefined && !mayDo(account, wanted)) throw new RoleMissingError(request.path, wanted);
    request.account = account;
    return true;
  }
}

function mayDo(account: Account, wanted: readonly Role[]): boolean {
  return account.roles.some((role) => role === 'administrator' || wanted.includes(role));
}
