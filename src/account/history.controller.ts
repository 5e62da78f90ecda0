import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ClientsService } from '../clients/clients.service.js';
import { PageAnswer } from '../platform/web/answers.js';
import { PageFrames } from '../platform/web/page-frames.service.js';
import { SignInHistory } from '../sessions/sign-in-history.service.js';
import type { SignInRecord } from '../sessions/sign-in-record.entity.js';
import type { SignedInPerson } from '../sign-in/person.js';
import { ForSignedIn, SignedIn } from '../sign-in/signed-in.decorator.js';
import { ApiAccount, ApiAccountPage } from './api-account.openapi.js';
import { HistoryPage } from './history.view.js';

const SHOWN = 50;

/** When and from where somebody signed in with a person's name, or tried to. */
@ApiAccount()
@ForSignedIn()
@Controller('account/history')
export class HistoryController {
  constructor(
    private readonly history: SignInHistory,
    private readonly clients: ClientsService,
    private readonly frames: PageFrames,
  ) {}

  /** Lists the latest. */
  @Get()
  @ApiAccountPage('Sign-in history', 'The last 50 sign-ins and failed attempts of whoever is signed in with this browser.')
  async list(@SignedIn() { person }: SignedInPerson, @Req() request: FastifyRequest): Promise<PageAnswer> {
    const records = await this.history.latest(person.subject, SHOWN);
    const names = await this.namesOf(records);
    const signIns = records.map(({ clientId, ...record }) => ({
      ...record,
      app: clientId === null ? null : (names.get(clientId) ?? clientId),
    }));
    return new PageAnswer(HistoryPage({ frame: await this.frames.of(request), signIns }));
  }

  private async namesOf(records: readonly SignInRecord[]): Promise<Map<string, string>> {
    const ids = [...new Set(records.flatMap(({ clientId }) => clientId ?? []))];
    const clients = await Promise.all(ids.map((id) => this.clients.find(id)));
    return new Map(clients.flatMap((client) => (client?.name ? [[client.clientId, client.name] as const] : [])));
  }
}
