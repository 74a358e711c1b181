import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { House } from '../dependencies';
import { OriginGuard } from './origin.guard';
import { SessionController } from './session.controller';
import { SessionGuard } from './session.guard';
import { SignIn } from './sign-in';
import { SignInThrottle } from './sign-in-throttle';

/** Who may ask, and for what. Its two guards stand before every resource. */
@Module({
  controllers: [SessionController],
  providers: [
    SignIn,
    { provide: SignInThrottle, inject: [House], useFactory: (house: House) => new SignInThrottle(() => house.now()) },
    { provide: APP_GUARD, useClass: OriginGuard },
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
})
export class UsersModule {}
