import { Module } from '@nestjs/common';
import { OnceOnly } from '../users/once-only';
import { DecisionsController } from './decisions.controller';
import { FindingsController } from './findings.controller';

@Module({ controllers: [FindingsController, DecisionsController], providers: [OnceOnly] })
export class FindingsModule {}
