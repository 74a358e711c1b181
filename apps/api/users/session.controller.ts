import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { ZodResponse } from 'nestjs-zod';
import { type Account } from '#libs/domain';
import { COOKIE, OpenToAll, SignedIn, tokenOf } from './signed-in';
import { Credentials, Session } from './session.schema';
import { SignIn } from './sign-in';

const answer = (account: Account) => ({ account: { ...account, roles: [...account.roles] } });

/** Signing in and out. */
@ApiTags('session')
@Controller('api/session')
export class SessionController {
  constructor(private readonly signIn: SignIn) {}

  @Post()
  @OpenToAll()
  @ApiOperation({ operationId: 'signIn', summary: 'Sign in; the session comes as a cookie that scripts cannot read' })
  @ZodResponse({ status: 200, type: Session })
  async open(
    @Body() credentials: Credentials,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { account, token } = await this.signIn.open(credentials.name, credentials.password, request.ip ?? '');
    // no Max-Age: the cookie ends with the browser, the store ends the session
    response.cookie(COOKIE, token, { httpOnly: true, sameSite: 'strict', secure: request.secure, path: '/' });
    return answer(account);
  }

  @Get()
  @ApiOperation({ operationId: 'whoAmI', summary: 'Who is signed in' })
  @ZodResponse({ status: 200, type: Session })
  current(@SignedIn() account: Account) {
    return answer(account);
  }

  @Delete()
  @OpenToAll()
  @HttpCode(204)
  @ApiOperation({ operationId: 'signOut', summary: 'Sign out; also when nobody is signed in' })
  @ApiNoContentResponse()
  async close(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const token = tokenOf(request);
    if (token !== null) await this.signIn.close(token);
    response.clearCookie(COOKIE, { httpOnly: true, sameSite: 'strict', secure: request.secure, path: '/' });
  }
}
